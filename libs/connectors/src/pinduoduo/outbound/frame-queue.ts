import type { InboundMessage, MessageSink } from '../../contract'

/** A message that is not yet durable, with callbacks for the outcome. */
export interface QueuedFrame {
  readonly message: InboundMessage
  onDurable(): void
  onFailed(why: string): void
}

export interface FrameQueue {
  add(frame: QueuedFrame): void
  waiting(): number
  /** Resolves when no message is pending. */
  idle(): Promise<void>
}

/** Messages stored in one transaction. */
const MAX_BATCH = 500
/** After this many failures in a row the store itself is taken for the cause. */
const MAX_FAILURES_IN_A_ROW = 3

/**
 * Stores messages in batches: each takes what has arrived while the previous one was written. When a batch fails, its messages
 * are stored one by one, so that a malformed one does not block the others. When several in a row fail, the messages are not the
 * cause, and the rest is returned to the platform, which sends it again.
 */
export function createFrameQueue(sink: MessageSink): FrameQueue {
  const queue: QueuedFrame[] = []
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    for (let batch = queue.splice(0, MAX_BATCH); batch.length > 0; batch = queue.splice(0, MAX_BATCH)) {
      const why = await tryToStore(batch)
      if (why === undefined) for (const frame of batch) frame.onDurable()
      else if (batch.length === 1) batch[0]?.onFailed(why)
      else await storeOneByOne(batch)
    }
  }

  async function storeOneByOne(batch: readonly QueuedFrame[]): Promise<void> {
    let failures = 0
    let lastReason = ''
    for (const frame of batch) {
      const why = failures >= MAX_FAILURES_IN_A_ROW ? lastReason : await tryToStore([frame])
      if (why === undefined) {
        failures = 0
        frame.onDurable()
      } else {
        failures++
        lastReason = why
        frame.onFailed(why)
      }
    }
  }

  async function tryToStore(batch: readonly QueuedFrame[]): Promise<string | undefined> {
    try {
      await sink(batch.map(({ message }) => message))
      return undefined
    } catch (error) {
      // The text of an internal error must not leave the deployment; its name is enough to search for.
      return `not stored: ${error instanceof Error ? error.name : 'fault'}`
    }
  }

  return {
    add(frame) {
      queue.push(frame)
      running ??= Promise.resolve()
        .then(drain)
        .finally(() => {
          running = undefined
        })
    },
    waiting: () => queue.length,
    async idle() {
      while (running !== undefined) await running
    },
  }
}

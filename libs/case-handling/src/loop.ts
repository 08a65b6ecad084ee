import type { Bell, Bells } from '#event-store'
import type { Journal } from './ports'

export interface LoopOptions {
  readonly name: string
  /** What rings when there may be work; without it the loop only looks from time to time. */
  readonly bell?: Bell
  readonly idleMs: number
  readonly signal: AbortSignal
  readonly bells: Bells
  readonly journal: Journal
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
/** Once the pauses are as long as they get, one line for so many attempts: about a minute of trouble. */
const SAID_EVERY = 12

/**
 * Turns until stopped: at once again while there is work, else when the bell rings or the idle time is over. Trouble is
 * noted and followed by a growing pause; a loop never ends by an error. Resolves when the last turn is finished.
 */
export async function turn(body: () => Promise<number>, options: LoopOptions): Promise<void> {
  const { name, bell, idleMs, signal, bells, journal } = options
  let pauseMs = FIRST_PAUSE_MS
  let longPauses = 0
  while (!signal.aborted) {
    try {
      const done = await body()
      pauseMs = FIRST_PAUSE_MS
      longPauses = 0
      if (done === 0) await bells.wait(bell, idleMs, signal)
    } catch (error) {
      if (signal.aborted) return
      if (pauseMs < LONGEST_PAUSE_MS || longPauses++ % SAID_EVERY === 0)
        journal.trouble(`${name} will try again in ${pauseMs} ms`, error)
      await bells.wait(undefined, pauseMs, signal)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    }
  }
}

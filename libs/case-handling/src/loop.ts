import type { WakeUpChannel, WakeUps } from '#event-store'
import type { Journal } from './ports'

export interface LoopOptions {
  /** For the log. */
  readonly name: string
  /** The notification that there may be work; without it the loop only polls. */
  readonly channel?: WakeUpChannel
  /** How long the loop waits for a notification before it looks for work anyway. */
  readonly idleMs: number
  readonly signal: AbortSignal
  readonly wakeUps: WakeUps
  readonly journal: Journal
}

/** Pauses after an error double from the first to the longest: a database that restarts is not flooded. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
/** At the longest pause, one log line per this many attempts: about one a minute. */
const LOG_EVERY = 12

/**
 * Runs `body` until stopped: again at once while there is work, else on a notification or after the idle time. `body`
 * returns how many items it processed; 0 means that there is no work. Errors are logged and followed by a growing pause;
 * they never end the loop. Resolves when the last run is finished.
 */
export async function runLoop(body: () => Promise<number>, options: LoopOptions): Promise<void> {
  const { name, channel, idleMs, signal, wakeUps, journal } = options
  let pauseMs = FIRST_PAUSE_MS
  let longPauses = 0
  while (!signal.aborted) {
    try {
      const processed = await body()
      pauseMs = FIRST_PAUSE_MS
      longPauses = 0
      if (processed === 0) await wakeUps.wait(channel, idleMs, signal)
    } catch (error) {
      if (signal.aborted) return
      if (pauseMs < LONGEST_PAUSE_MS || longPauses++ % LOG_EVERY === 0)
        journal.warn(`${name} failed and is retried in ${pauseMs} ms`, error)
      await wakeUps.wait(undefined, pauseMs, signal)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    }
  }
}

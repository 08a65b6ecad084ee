import { Counter, Gauge } from 'prom-client'
import type { Metrics } from './metrics'

/** Counts and durations of a process's loops. Loop names come from a fixed list. */
export class LoopMetrics {
  private readonly turns: Counter
  private readonly errors: Counter
  private readonly busySeconds: Counter
  private readonly lastDuration: Gauge
  private readonly lastEndedAt = new Map<string, number>()

  constructor(
    metrics: Metrics,
    private readonly now: () => number = () => performance.now(),
  ) {
    const options = { labelNames: ['loop'], registers: [metrics.registry] }
    this.turns = new Counter({ name: 'shouhou_loop_turns_total', help: 'Turns that ended, well or not', ...options })
    this.errors = new Counter({
      name: 'shouhou_loop_errors_total',
      help: 'Turns that ended by an error, and work for one store that was cut short',
      ...options,
    })
    this.busySeconds = new Counter({ name: 'shouhou_loop_busy_seconds_total', help: 'Time spent in turns', ...options })
    this.lastDuration = new Gauge({
      name: 'shouhou_loop_last_turn_duration_seconds',
      help: 'How long the last turn took',
      ...options,
    })
    const age = new Gauge({
      name: 'shouhou_loop_last_turn_age_seconds',
      help: 'How long ago the last turn ended',
      ...options,
    })
    metrics.beforeScrape(() => {
      for (const [loop, at] of this.lastEndedAt) age.set({ loop }, (this.now() - at) / 1_000)
      return Promise.resolve()
    })
  }

  /** Wraps a loop's body so that its runs are counted and timed. */
  measure<T>(loop: string, body: () => Promise<T>): () => Promise<T> {
    this.lastEndedAt.set(loop, this.now())
    this.turns.inc({ loop }, 0)
    this.errors.inc({ loop }, 0)
    return async () => {
      const startedAt = this.now()
      try {
        return await body()
      } catch (error) {
        this.errors.inc({ loop })
        throw error
      } finally {
        const now = this.now()
        this.turns.inc({ loop })
        this.busySeconds.inc({ loop }, (now - startedAt) / 1_000)
        this.lastDuration.set({ loop }, (now - startedAt) / 1_000)
        this.lastEndedAt.set(loop, now)
      }
    }
  }

  /** Counts the failure of work that a loop had started in the background. */
  failed(loop: string): void {
    this.errors.inc({ loop })
  }
}

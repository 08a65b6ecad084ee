import { Counter, Gauge } from 'prom-client'
import type { Metrics } from './metrics'

export interface CachedProbeOptions {
  /** A repeated question within this time gets the previous answer. */
  readonly freshMs: number
  /** What takes longer counts as not answered. */
  readonly withinMs: number
  /** ms of a clock that only goes forward */
  readonly now?: () => number
}

/**
 * An expensive question about the whole deployment, asked as seldom as it can be: at most one at a time however many
 * scrape, none while the answer before is fresh, and none is waited for longer than it may take.
 */
export class CachedProbe<T> {
  private answer: T | undefined
  private askedAt = -Infinity
  private underWay: Promise<void> | undefined

  constructor(
    private readonly ask: () => Promise<T>,
    private readonly options: CachedProbeOptions,
    private readonly asked: (ok: boolean, seconds: number) => void = () => undefined,
  ) {}

  /** `undefined`: it is not known. Never rejects. */
  async current(): Promise<T | undefined> {
    const { freshMs, withinMs, now = () => performance.now() } = this.options
    if (this.underWay === undefined && now() - this.askedAt >= freshMs) this.underWay = this.fetch(now)
    if (this.underWay === undefined) return this.answer
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), withinMs)))
    const came = await Promise.race([this.underWay, late]).finally(() => clearTimeout(timer))
    // An old answer in the place of none would say that all is well.
    return came === 'late' ? undefined : this.answer
  }

  private async fetch(now: () => number): Promise<void> {
    const began = now()
    this.askedAt = began
    try {
      this.answer = await this.ask()
      this.asked(true, (now() - began) / 1_000)
    } catch {
      this.answer = undefined
      this.asked(false, (now() - began) / 1_000)
    } finally {
      this.underWay = undefined
    }
  }
}

/**
 * Asks before a scrape, and has the answer shown; without one nothing is shown, and `shouhou_sounding_up` is 0: an alert
 * that fires on silence is better than a figure that stands still.
 */
export function sounded<T>(
  metrics: Metrics,
  name: string,
  ask: () => Promise<T>,
  show: (answer: T | undefined) => void,
  options: Partial<CachedProbeOptions> = {},
): void {
  const { up, failed, seconds } = gaugesOf(metrics)
  failed.inc({ sounding: name }, 0)
  const sounding = new CachedProbe(ask, { freshMs: 5_000, withinMs: 3_000, ...options }, (ok, took) => {
    seconds.set({ sounding: name }, took)
    if (!ok) failed.inc({ sounding: name })
  })
  metrics.before(async () => {
    const answer = await sounding.current()
    up.set({ sounding: name }, answer === undefined ? 0 : 1)
    show(answer)
  })
}

const gaugesOf = ({ registry }: Metrics) => {
  const labelNames = ['sounding'] as const
  const gauge = (name: string, help: string): Gauge<'sounding'> =>
    (registry.getSingleMetric(name) as Gauge<'sounding'> | undefined) ??
    new Gauge({ name, help, labelNames, registers: [registry] })
  return {
    up: gauge('shouhou_sounding_up', 'Whether the database answered the questions behind these figures in time'),
    seconds: gauge('shouhou_sounding_duration_seconds', 'What the last answer cost'),
    failed:
      (registry.getSingleMetric('shouhou_sounding_failures_total') as Counter<'sounding'> | undefined) ??
      new Counter({
        name: 'shouhou_sounding_failures_total',
        help: 'Questions about the deployment that failed',
        labelNames,
        registers: [registry],
      }),
  }
}

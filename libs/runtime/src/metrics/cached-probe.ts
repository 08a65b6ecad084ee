import { Counter, Gauge } from 'prom-client'
import type { Metrics } from './metrics'

export interface CachedProbeOptions {
  /** Within this time the previous answer is returned. */
  readonly freshMs: number
  /** A query that takes longer counts as failed. */
  readonly withinMs: number
  /** ms of a clock that only goes forward */
  readonly now?: () => number
}

/**
 * An expensive query about the whole deployment, run as rarely as possible: one at a time however many scrapers there
 * are, not while the previous answer is fresh, and awaited only for a limited time.
 */
export class CachedProbe<T> {
  private answer: T | undefined
  private queriedAt = -Infinity
  private fetching: Promise<void> | undefined

  constructor(
    private readonly query: () => Promise<T>,
    private readonly options: CachedProbeOptions,
    private readonly onFetched: (ok: boolean, seconds: number) => void = () => undefined,
  ) {}

  /** The newest answer; `undefined`: the query failed or takes too long. Never rejects. */
  async current(): Promise<T | undefined> {
    const { freshMs, withinMs, now = () => performance.now() } = this.options
    if (this.fetching === undefined && now() - this.queriedAt >= freshMs) this.fetching = this.fetch(now)
    if (this.fetching === undefined) return this.answer
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), withinMs)))
    const outcome = await Promise.race([this.fetching, timeout]).finally(() => clearTimeout(timer))
    // A stale answer in place of a missing one would suggest that all is well.
    return outcome === 'late' ? undefined : this.answer
  }

  private async fetch(now: () => number): Promise<void> {
    const began = now()
    this.queriedAt = began
    try {
      this.answer = await this.query()
      this.onFetched(true, (now() - began) / 1_000)
    } catch {
      this.answer = undefined
      this.onFetched(false, (now() - began) / 1_000)
    } finally {
      this.fetching = undefined
    }
  }
}

/**
 * Runs the query before a scrape and shows its answer. Without an answer nothing is shown and `shouhou_sounding_up` is
 * 0: an alert on missing figures is better than a stale figure.
 */
export function collectFromProbe<T>(
  metrics: Metrics,
  name: string,
  query: () => Promise<T>,
  setGauges: (answer: T | undefined) => void,
  options: Partial<CachedProbeOptions> = {},
): void {
  const { up, failed, seconds } = probeGauges(metrics)
  failed.inc({ sounding: name }, 0)
  const probe = new CachedProbe(query, { freshMs: 5_000, withinMs: 3_000, ...options }, (ok, took) => {
    seconds.set({ sounding: name }, took)
    if (!ok) failed.inc({ sounding: name })
  })
  metrics.beforeScrape(async () => {
    const answer = await probe.current()
    up.set({ sounding: name }, answer === undefined ? 0 : 1)
    setGauges(answer)
  })
}

const probeGauges = ({ registry }: Metrics) => {
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

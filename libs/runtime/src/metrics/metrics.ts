import { Registry, collectDefaultMetrics } from 'prom-client'
import type { WatchRoute } from '../health/health-routes'

/** Updates metrics before a scrape; never rejects. */
export type CollectMetrics = () => Promise<void>

/** The metrics of one process in the format of Prometheus: those of Node itself, and those that are added to `registry`. */
export class Metrics {
  readonly registry = new Registry()
  private readonly collectors: CollectMetrics[] = []

  /** @param app the process's name in every metric */
  constructor(app: string) {
    this.registry.setDefaultLabels({ app })
    collectDefaultMetrics({ register: this.registry, prefix: 'shouhou_' })
  }

  /** Adds a collector. All collectors run at the same time, once for each scrape. */
  beforeScrape(collect: CollectMetrics): void {
    this.collectors.push(collect)
  }

  /** The exposition format of Prometheus. */
  async text(): Promise<string> {
    await Promise.all(this.collectors.map((collect) => collect()))
    return this.registry.metrics()
  }

  get routes(): Readonly<Record<'/metrics', WatchRoute>> {
    return { '/metrics': async () => ({ status: 200, type: this.registry.contentType, body: await this.text() }) }
  }
}

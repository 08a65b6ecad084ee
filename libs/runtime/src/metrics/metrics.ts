import { Registry, collectDefaultMetrics } from 'prom-client'
import type { WatchRoute } from '../health/health-routes'

/** Fetches metrics before a scrape; never rejects. */
export type Collect = () => Promise<void>

/** All figures of one process, as Prometheus reads them: those of Node itself, and whatever is added. */
export class Metrics {
  readonly registry = new Registry()
  private readonly collectors: Collect[] = []

  /** @param app the process's name in every metric */
  constructor(app: string) {
    this.registry.setDefaultLabels({ app })
    collectDefaultMetrics({ register: this.registry, prefix: 'shouhou_' })
  }

  /** Asked once for each scrape, all at the same time. */
  beforeScrape(collect: Collect): void {
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

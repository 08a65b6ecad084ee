import type { WatchServer } from '../health/watch-server'
import { serveWatch } from '../health/watch-server'
import type { WatchSettings } from '../process/watch.settings'
import type { Metrics } from './metrics'

/** `undefined`: nobody asked for it. A server of its own: what is let to others by mistake is not this one. @throws where the port is taken */
export const serveMetrics = async (
  metrics: Metrics,
  { METRICS_PORT: port, METRICS_HOST: host, METRICS_NAMES: names }: WatchSettings,
): Promise<WatchServer | undefined> =>
  port === undefined
    ? undefined
    : serveWatch(metrics.routes, { host, port, names: names === '' ? [] : names.split(',') })

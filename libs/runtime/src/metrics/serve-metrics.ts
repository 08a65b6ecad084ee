import type { WatchServer } from '../health/watch-server'
import { serveWatch } from '../health/watch-server'
import type { WatchSettings } from '../process/watch.settings'
import type { Metrics } from './metrics'

/**
 * Serves `/metrics` on a port of its own, so that it is not opened to others by mistake; `undefined` where no port is set.
 * @throws where the port is taken
 */
export const serveMetrics = async (
  metrics: Metrics,
  { METRICS_PORT: port, METRICS_HOST: host, METRICS_NAMES: names }: WatchSettings,
): Promise<WatchServer | undefined> =>
  port === undefined
    ? undefined
    : serveWatch(metrics.routes, { host, port, names: names === '' ? [] : names.split(',') })

import { request } from 'node:http'
import { LoopWatchdog } from './loop-watchdog'
import { Readiness } from './readiness'
import { healthRoutes } from './health-routes'
import { serveWatch } from './watch-server'
import { Metrics } from '../metrics/metrics'
import { serveMetrics } from '../metrics/serve-metrics'
import { WatchSettings } from '../process/watch.settings'

function raw(url: string, headers: Readonly<Record<string, string>>, method = 'GET') {
  return new Promise<number>((done, fail) => {
    request(url, { method, headers, agent: false }, (response) => {
      response.resume()
      response.on('end', () => done(response.statusCode ?? 0))
    })
      .on('error', fail)
      .end()
  })
}

const FOREIGN = [
  { host: 'evil.example:9464' },
  { host: '10.0.0.7:9464' },
  { origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
]

describe('the monitoring server of a process (fault B4)', () => {
  it.each(['/metrics', '/healthz', '/readyz', '/nothing'])('answers %s to tools and to no web page', async (path) => {
    const routes = {
      ...healthRoutes(new Readiness(() => Promise.resolve(undefined)), new LoopWatchdog()),
      ...new Metrics('test').routes,
    }
    const server = await serveWatch(routes, { host: '127.0.0.1', port: 0 })
    try {
      expect(await raw(`${server.url}${path}`, {})).toBe(path === '/nothing' ? 404 : 200)
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'])
        for (const headers of FOREIGN)
          expect([method, headers, await raw(`${server.url}${path}`, headers, method)]).toEqual([method, headers, 403])
    } finally {
      await server.close()
    }
  })

  it('answers scrapers of other machines by address, and by the names that the settings give', async () => {
    const settings = {
      ...new WatchSettings(),
      METRICS_PORT: 0,
      METRICS_HOST: '0.0.0.0',
      METRICS_NAMES: 'worker,worker-1',
    }
    const server = await serveMetrics(new Metrics('test'), settings)
    try {
      const url = `${(server?.url ?? '').replace('0.0.0.0', '127.0.0.1')}/metrics`
      const asked = await Promise.all(
        ['worker:9464', 'worker-1', '172.17.0.3:9464', 'evil.example', 'worker-2'].map((host) => raw(url, { host })),
      )
      expect(asked).toEqual([200, 200, 200, 403, 403])
    } finally {
      await server?.close()
    }
  })
})

import { request } from 'node:http'
import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'

let simulator: RunningSimulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'door', standingClock: true })
})
afterAll(() => simulator.stop())

type Headers = Readonly<Record<string, string>>

/** A request with any headers, also those that a browser would not allow. */
function raw(method: string, path: string, headers: Headers, body = '{}', base = simulator.control.url) {
  return new Promise<{ status: number; body: string }>((done, fail) => {
    const asked = request(`${base}/control/${path}`, { method, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => done({ status: response.statusCode ?? 0, body: text }))
    })
    asked.on('error', fail)
    asked.end(method === 'POST' ? body : '')
  })
}

const READ_ROUTES = ['status', 'registration', 'clock', 'faults', 'automation', 'truth', 'truth?format=ndjson', 'calls']
const WRITE_ROUTES = ['clock', 'faults', 'automation', 'apply', 'pace', 'push-url']
const ROUTES = [
  ...READ_ROUTES.map((path) => ['GET', path] as const),
  ...WRITE_ROUTES.map((path) => ['POST', path] as const),
]
const JSON_BODY = { 'content-type': 'application/json' }

describe('the control API', () => {
  it.each(ROUTES)('%s %s refuses web pages: under a foreign host name, and across sites', async (method, path) => {
    const before = [simulator.clock.offset, simulator.world.size, simulator.faults.settings]
    const secrets = [simulator.douyin.appSecret, simulator.pinduoduo.clientSecret]
    const foreign: readonly Headers[] = [
      { host: 'evil.example:4100' },
      { host: 'evil.example' },
      { host: '10.0.0.7:4100' },
      { host: 'simulator:4100' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) {
      const answer = await raw(
        method,
        path,
        { ...JSON_BODY, ...headers },
        '{"advanceHours":49,"lostPushes":1,"count":5}',
      )
      expect([headers, answer]).toEqual([
        headers,
        { status: 403, body: '{"error":"the control API is not for web pages"}' },
      ])
      expect(secrets.filter((secret) => answer.body.includes(secret))).toEqual([])
    }
    expect([simulator.clock.offset, simulator.world.size, simulator.faults.settings]).toEqual(before)
  })

  it.each(WRITE_ROUTES)(
    'POST %s accepts JSON that is declared as such, and nothing that a form can send',
    async (path) => {
      const before = [simulator.clock.offset, simulator.world.size]
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/jsonp',
        undefined,
      ]) {
        const headers: Headers = type === undefined ? {} : { 'content-type': type }
        expect((await raw('POST', path, headers, '{"advanceHours":49,"count":5}')).status).toBe(415)
      }
      expect([simulator.clock.offset, simulator.world.size]).toEqual(before)
    },
  )

  it('answers tools of this machine, by each of its names', async () => {
    const { port } = new URL(simulator.control.url)
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, '[::1]', 'LocalHost'])
      expect((await raw('GET', 'clock', { host })).status).toBe(200)
    const advance = await raw(
      'POST',
      'clock',
      { 'content-type': 'application/json; charset=utf-8' },
      '{"advanceSeconds":1}',
    )
    expect(JSON.parse(advance.body)).toMatchObject({ offset: simulator.clock.offset })
  })

  it('answers other containers only under its public name, and only where the control API is opened', async () => {
    const open = await startSimulator({ seed: 'door', controlOpen: true, publicHost: 'simulator', standingClock: true })
    try {
      const base = open.control.url.replace('simulator', '127.0.0.1')
      const asked = async (host: string) => (await raw('GET', 'clock', { host }, '', base)).status
      expect([await asked('simulator:4100'), await asked('172.17.0.3:4100')]).toEqual([200, 200])
      expect([await asked('evil.example'), await asked('simulator.evil.example')]).toEqual([403, 403])
    } finally {
      await open.stop()
    }
  })
})

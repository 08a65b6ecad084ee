import { createHash } from 'node:crypto'
import type { INestApplication } from '@nestjs/common'
import type { DataSource } from 'typeorm'
import type { TestMessage } from '../../../test/support/anywhere-marketplace'
import { NOON, SHOP, lineUpOf, registerTestShop } from '../../../test/support/anywhere-marketplace'
import { emptyTables, useTestDatabase, rowsOf } from '../../../test/postgres/test-database'
import { DOUYIN_APP, refundPush, signed } from '../../../test/support/stack'
import { MARKETPLACES } from '#connectors'
import { openVault, register } from '#access'
import { openDatabase } from '#event-store'
import { runtimeOn } from '#runtime'
import { LARGEST_DELIVERY, serveGateway } from './serve'

const db = useTestDatabase()
let gatewayDatabase: DataSource
let gateway: INestApplication
let url: string

beforeEach(async () => {
  await emptyTables(db)
  gatewayDatabase = await openDatabase({ url: db.url, pool: 4, migrations: [] })
  await registerTestShop(db.database)
  const vault = openVault(createHash('sha256').update('a key of the test').digest())
  const douyin = {
    marketplace: 'douyin',
    ...DOUYIN_APP,
    endpoints: {},
    stores: [{ shop: SHOP, name: '', accessToken: '', refreshToken: '' }],
  }
  await register(db.database, vault, { slug: 'test', name: 'Test' }, [douyin])
  const lineUp = [...lineUpOf(), ...MARKETPLACES]
  gateway = await serveGateway(
    runtimeOn({ app: 'gateway', database: gatewayDatabase, vault, clock: () => NOON }),
    { lineUp },
    { host: '127.0.0.1', port: 0 },
  )
  gateway.useLogger(false)
  url = await gateway.getUrl()
})
afterEach(async () => {
  await gateway.close()
  if (gatewayDatabase.isInitialized) await gatewayDatabase.destroy()
})

interface GatewayAnswer {
  readonly status: number
  readonly type: string | null
  readonly body: string
}
async function send(
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = { signed: 'yes' },
  method = 'POST',
): Promise<GatewayAnswer> {
  const bytes = typeof body === 'string' ? body : new Uint8Array(body)
  const answer = await fetch(`${url}${path}`, { method, headers, ...(method === 'GET' ? {} : { body: bytes }) })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }
}
const deliver = (...said: TestMessage[]): Promise<GatewayAnswer> => send('/push/anywhere/app-1', JSON.stringify(said))
const problem = (status: number, title: string, detail: string, instance: string): GatewayAnswer => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: JSON.stringify({ type: 'about:blank', title, status, detail, instance }),
})
const countStored = async (): Promise<number> =>
  (await rowsOf<{ n: number }>(db, 'SELECT count(*)::int AS n FROM message'))[0]?.n ?? -1

describe('a delivery at the gateway', () => {
  it('is answered in the marketplace’s own words, and durable by then', async () => {
    expect(await deliver({ case: '1' }, { case: '2' })).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      body: 'thanks',
    })
    expect(await rowsOf(db, 'SELECT org, store, channel, received_at FROM message')).toEqual([
      { org: 1, store: 1, channel: 'push', received_at: NOON },
      { org: 1, store: 1, channel: 'push', received_at: NOON },
    ])
  })

  it('is accepted with any content type, even none or a malformed one', async () => {
    for (const type of [
      'application/json; charset=gbk',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'no/such',
    ])
      expect(
        (await send('/push/anywhere/app-1', '[{"case":"1"}]', { signed: 'yes', 'content-type': type })).status,
      ).toBe(200)
    expect(await countStored()).toBe(1)
  })

  it('is authenticated by its exact bytes, even if they are not valid text', async () => {
    const bytes = Buffer.concat([
      Buffer.from('[{"tag":"200","msg_id":"1","data":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}]'),
    ])
    expect((await send(`/push/douyin/${DOUYIN_APP.appKey}`, bytes, signed(bytes))).status).toBe(200)
    expect(await countStored()).toBe(1)
  })

  it('is answered 401 and not stored if it is forged', async () => {
    expect(await send('/push/anywhere/app-1', '[{"case":"1"}]', {})).toEqual({
      status: 401,
      type: 'application/json; charset=utf-8',
      body: 'no',
    })
    const body = Buffer.from(JSON.stringify([refundPush({ caseNumber: '7000893114000949517', at: NOON })]))
    expect(
      (await send(`/push/douyin/${DOUYIN_APP.appKey}`, body, { ...signed(body), 'event-sign': '0'.repeat(32) })).status,
    ).toBe(401)
    expect(await countStored()).toBe(0)
  })

  it('is answered and not stored if it is only a probe', async () => {
    const probe = Buffer.from('[{"tag":"0","msg_id":"0","data":"2026-11-11 12:00:00"}]')
    expect(await send(`/push/douyin/${DOUYIN_APP.appKey}`, probe, signed(probe))).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      body: '{"code":0,"msg":"success"}',
    })
    expect(await countStored()).toBe(0)
  })

  it.each([
    ['an unknown marketplace', '/push/nowhere/app-1'],
    ['a marketplace named like a part of the language', '/push/__proto__/app-1'],
  ])('is answered with a problem 404 for %s', async (_, path) => {
    expect(await send(path, '[]')).toEqual(problem(404, 'Not Found', 'No such marketplace pushes here.', path))
  })

  it('is answered for an unknown app like a forged one for a registered app (fault B6)', async () => {
    const known = await send('/push/anywhere/app-1', '[]', {})
    expect(await send('/push/anywhere/app-2', '[]', {})).toEqual(known)
    expect(await send('/push/anywhere/app-2', '[]')).toEqual(known)
    const body = Buffer.from('[]')
    const forged = { ...signed(body), 'event-sign': '0'.repeat(32) }
    const douyin = await send(`/push/douyin/${DOUYIN_APP.appKey}`, body, forged)
    expect(
      await send('/push/douyin/7000000000000000001', body, { ...forged, 'app-id': '7000000000000000001' }),
    ).toEqual(douyin)
    expect(douyin.status).toBe(401)
  })

  it('costs one look-up with the same delay whether the app exists or not (fault B6)', async () => {
    await send('/push/anywhere/app-1', '[]', {})
    const queries = jest.spyOn(gatewayDatabase, 'query')
    const costs = []
    for (const app of ['app-1', 'app-2', 'app-1', 'app-3', 'app-1']) {
      queries.mockClear()
      const from = performance.now()
      await send(`/push/anywhere/${app}`, '[]', {})
      // The cached directory may be refreshed at any moment; the delivery does not cause that.
      const lookups = queries.mock.calls.filter(([sql]) => sql.includes('unnest('))
      costs.push({ lookups: lookups.length, waited: performance.now() - from >= 24 })
    }
    expect(costs).toEqual(costs.map(() => ({ lookups: 1, waited: true })))
  })

  it('is answered with a problem 404 at an unknown path or with GET, without repeating the query', async () => {
    expect(await send('/nothing?canary', '[]')).toEqual(
      problem(404, 'Not Found', 'No deliveries are accepted at this address.', '/nothing'),
    )
    expect((await send('/push/anywhere/app-1', '', {}, 'GET')).status).toBe(404)
  })

  it('is accepted up to the size limit and answered with a problem 413 above it', async () => {
    const filled = (length: number): string => `[{"case":"1"}${' '.repeat(length - 14)}]`
    expect((await send('/push/anywhere/app-1', filled(LARGEST_DELIVERY))).status).toBe(200)
    expect(await send('/push/anywhere/app-1', filled(LARGEST_DELIVERY + 1))).toEqual(
      problem(413, 'Payload Too Large', 'Request body is too large', '/push/anywhere/app-1'),
    )
  })
})

describe('a gateway whose database is unavailable', () => {
  it('acknowledges nothing and answers 503', async () => {
    await deliver({ case: '1' })
    await gatewayDatabase.destroy()
    expect(await deliver({ case: '2' })).toEqual(
      problem(503, 'Service Unavailable', 'The delivery could not be stored. Send it again.', '/push/anywhere/app-1'),
    )
    expect(await countStored()).toBe(1)
  })

  it('is alive but not ready', async () => {
    expect(await send('/healthz', '', {}, 'GET')).toMatchObject({ status: 200, body: '{"status":"alive"}' })
    expect(await send('/readyz', '', {}, 'GET')).toMatchObject({ status: 200, body: '{"status":"ready"}' })
    await gatewayDatabase.destroy()
    expect((await send('/healthz', '', {}, 'GET')).status).toBe(200)
    expect(await send('/readyz', '', {}, 'GET')).toEqual(
      problem(503, 'Service Unavailable', 'The database does not answer.', '/readyz'),
    )
  })
})

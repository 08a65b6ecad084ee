import { hash } from 'node:crypto'
import { caseNumberOf } from '../support/case-numbers'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import { TEST_KEY } from '../support/in-process-deployment'
import type { Stack } from '../support/stack'
import { openStack, refundPush } from '../support/stack'
import { openVault, register } from '#access'
import type { TestGateway, HttpResponse } from './gateway'
import { PATH, startGateway } from './gateway'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const OTHER_APP = { appKey: '7000000000000000002', appSecret: 'a-secret-of-another-app' }
let fresh: FreshDatabase
let stack: Stack
let gateway: TestGateway

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  stack.now = NOON
  await register(stack.database, openVault(TEST_KEY), { slug: 'other', name: 'Other' }, [
    {
      marketplace: 'douyin',
      ...OTHER_APP,
      endpoints: { api: 'http://127.0.0.1:1' },
      stores: [{ shop: '900', name: 'Other', accessToken: 'a', refreshToken: 'r' }],
    },
  ])
  await stack.database.query(
    'UPDATE app SET secret = set_byte(secret, 20, get_byte(secret, 20) # 1) WHERE app_key = $1',
    [OTHER_APP.appKey],
  )
  await stack.database.query("UPDATE store SET access_token = decode('00', 'hex') WHERE shop = $1", ['900'])
  gateway = await startGateway(stack)
})
afterAll(async () => {
  await gateway.close()
  await stack.close()
  await fresh.drop()
})

const push = (n: number, { appKey, appSecret } = OTHER_APP, path = PATH): Promise<HttpResponse> => {
  const body = Buffer.from(JSON.stringify([refundPush({ caseNumber: caseNumberOf(n), at: NOON, id: `push-${n}` })]))
  const sign = hash('md5', Buffer.concat([Buffer.from(appKey), body, Buffer.from(appSecret)]), 'hex')
  return gateway.post(body, {
    path,
    headers: { 'app-id': appKey, 'event-sign': sign, 'content-type': 'application/json' },
  })
}

describe('a push to an app whose secret cannot be decrypted (fault A3)', () => {
  it('is answered 503, so that the marketplace retries; deliveries to other apps are accepted', async () => {
    const theirs = await push(1, OTHER_APP, `/push/douyin/${OTHER_APP.appKey}`)
    expect([theirs.status, theirs.body.includes('Unsealable')]).toEqual([503, false])
    const ours = await push(2, { appKey: '7000000000000000001', appSecret: 'a-secret-of-the-test' })
    expect(ours.status).toBe(200)
    expect(await stack.receiveAll()).toBe(1)
    expect(await stack.caseOf(caseNumberOf(2))).toBeDefined()
  })
})

describe('a stored message that cannot be decrypted (fault A3)', () => {
  it('is quarantined with the name of the error, and the rest of its batch is processed', async () => {
    await stack.push(...[3, 4, 5].map((n) => refundPush({ caseNumber: caseNumberOf(n), at: NOON })))
    await stack.database.query(
      'UPDATE message SET raw = set_byte(raw, 20, get_byte(raw, 20) # 1) WHERE id = (SELECT max(message_id) - 1 FROM pending)',
    )
    const troubles = stack.troubles.length
    expect(await stack.receiveAll()).toBe(3)
    expect(await stack.database.query('SELECT reason, detail FROM quarantine')).toEqual([
      { reason: 'failed', detail: 'Unsealable' },
    ])
    const there = await Promise.all([3, 4, 5].map((n) => stack.caseOf(caseNumberOf(n))))
    // Messages of one delivery are stored in the order of their digests, so which of the three was damaged is random.
    expect(there.filter((afterSale) => afterSale !== undefined)).toHaveLength(2)
    expect(stack.troubles.length).toBe(troubles)
  })

  it('is quarantined as UnknownKey if its key is not known', async () => {
    await stack.push(refundPush({ caseNumber: caseNumberOf(6), at: NOON }))
    await stack.database.query(
      `UPDATE message SET raw = set_byte(raw, 1, get_byte(raw, 1) # 1) WHERE id = (SELECT max(message_id) FROM pending)`,
    )
    await stack.receiveAll()
    expect(await stack.database.query('SELECT detail FROM quarantine ORDER BY message_id DESC LIMIT 1')).toEqual([
      { detail: 'UnknownKey' },
    ])
  })
})

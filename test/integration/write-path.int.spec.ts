import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import type { Stack } from '../support/stack'
import { openStack, refundPush } from '../support/stack'

const HOUR = 3_600_000
let fresh: FreshDatabase
let stack: Stack

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
})
afterAll(async () => {
  await stack.close()
  await fresh.drop()
})

const countRowsOf = async (
  table: 'event' | 'message' | 'quarantine' | 'timer' | 'reading' | 'pending',
): Promise<number> => {
  const [row] = await stack.database.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`)
  // A count always has one row; -1 equals no expected number.
  return row?.n ?? -1
}

describe('a delivery', () => {
  it('is durable when acknowledged, and becomes a case when processed', async () => {
    const push = refundPush({ caseNumber: '7000893114000949517', at: stack.now })
    expect(await stack.push(push)).toEqual({ status: 200, body: '{"code":0,"msg":"success"}' })
    expect([await countRowsOf('message'), await countRowsOf('pending')]).toEqual([1, 1])
    expect(await stack.receiveAll()).toBe(1)
    expect(await stack.caseOf('7000893114000949517')).toMatchObject({
      version: 1,
      kind: { kind: 'refund-only', variant: 'shipped' },
      status: { status: 'awaiting-merchant-decision', raw: '6' },
      amounts: { total: 8900 },
    })
    expect([await countRowsOf('pending'), await countRowsOf('timer'), await countRowsOf('reading')]).toEqual([0, 1, 1])
  })

  it('changes nothing when it is repeated in the same request, in another one or a year later (fault F5)', async () => {
    const push = refundPush({ caseNumber: '7000893114000949518', at: stack.now, id: 'delivered-twice' })
    await stack.push(push, push)
    await stack.push(push)
    await stack.receiveAll()
    const before = await countRowsOf('event')
    stack.now += 365 * 24 * HOUR
    await stack.push(push)
    stack.now -= 365 * 24 * HOUR
    expect(await stack.receiveAll()).toBe(0)
    expect(await countRowsOf('event')).toBe(before)
  })

  it('with an older message is recorded, and the case keeps its newer status (fault F7)', async () => {
    const caseNumber = '7000893114000949519'
    await stack.push(refundPush({ tag: '206', caseNumber, status: 12, at: stack.now }))
    await stack.receiveAll()
    await stack.push(refundPush({ tag: '200', caseNumber, status: 6, at: stack.now - HOUR }))
    expect(await stack.receiveAll()).toBe(1)
    expect((await stack.caseOf(caseNumber))?.status?.raw).toBe('12')
  })

  it('with an unknown code goes into quarantine; its neighbours become cases', async () => {
    const good = refundPush({ caseNumber: '7000893114000949520', at: stack.now })
    const bad = refundPush({ caseNumber: '7000893114000949521', at: stack.now, status: 99 })
    await stack.push(good, bad)
    await stack.receiveAll()
    expect(await stack.caseOf('7000893114000949520')).toBeDefined()
    expect(await stack.caseOf('7000893114000949521')).toBeUndefined()
    expect(await stack.database.query('SELECT reason, detail FROM quarantine')).toEqual([
      { reason: 'unintelligible', detail: expect.stringContaining('99') as string },
    ])
  })

  it('for an unknown shop goes into quarantine with the number of the shop', async () => {
    await stack.push(refundPush({ caseNumber: '7000893114000949522', at: stack.now, shop: '404404' }))
    await stack.receiveAll()
    expect(await stack.database.query(`SELECT detail FROM quarantine WHERE reason = 'unknown-store'`)).toEqual([
      { detail: 'no store for shop 404404' },
    ])
  })

  it('with a forged signature is rejected and stores nothing', async () => {
    const before = await countRowsOf('message')
    const answer = await stack.pushRaw(Buffer.from('[{"tag":"200"}]'), {
      'app-id': '7000000000000000001',
      'event-sign': 'x',
    })
    expect(answer).toMatchObject({ status: 401 })
    expect(await countRowsOf('message')).toBe(before)
  })

  it('that is empty changes nothing (fault F10)', async () => {
    expect(await stack.push()).toMatchObject({ status: 200 })
    expect(await stack.receiveAll()).toBe(0)
  })
})

describe('a deadline', () => {
  it('R168: fires once, after 48 hours', async () => {
    const caseNumber = '7000893114000949530'
    await stack.push(refundPush({ caseNumber, at: stack.now }))
    await stack.receiveAll()
    stack.now += 48 * HOUR - 1
    await stack.fire()
    expect((await stack.caseOf(caseNumber))?.passed).toEqual({})
    stack.now += 1
    await stack.fire()
    expect((await stack.caseOf(caseNumber))?.passed).toEqual({ SELLER_RESPONSE: stack.now })
    expect(await stack.fire()).toBe(0)
  })

  it('is removed as soon as the case has moved on', async () => {
    const caseNumber = '7000893114000949531'
    await stack.push(refundPush({ caseNumber, at: stack.now }))
    await stack.push(refundPush({ tag: '206', caseNumber, status: 12, at: stack.now + 1000 }))
    await stack.receiveAll()
    expect(
      await stack.database.query(
        `SELECT t.kind FROM timer t JOIN stream s ON s.id = t.stream WHERE s.state->>'caseNumber' = $1`,
        [caseNumber],
      ),
    ).toEqual([])
  })
})

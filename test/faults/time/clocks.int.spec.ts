import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { caseNumberOf } from '../../support/case-numbers'

const MINUTE = 60_000
const HOUR = 3_600_000
let fresh: FreshDatabase
let stack: Stack
let nextCase = 0

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
})
afterAll(async () => {
  await stack.close()
  await fresh.drop()
})

/** A buyer applies at an instant of the marketplace's clock; returns the case number. */
async function applyAt(at: number): Promise<string> {
  const caseNumber = caseNumberOf(nextCase++)
  await stack.push(refundPush({ caseNumber, at }))
  await stack.receiveAll()
  return caseNumber
}

const readDue = async (caseNumber: string): Promise<number | undefined> => {
  const [row] = await stack.database.query<{ due_at: number }[]>(
    'SELECT due_at FROM queue_row WHERE case_number = $1',
    [caseNumber],
  )
  return row?.due_at
}

const readPassed = async (caseNumber: string): Promise<unknown> => (await stack.caseOf(caseNumber))?.passed

const fireAll = async (): Promise<void> => {
  while ((await stack.fire()) > 0);
}

describe('the 48 hours that the merchant has to respond (fault F21)', () => {
  it.each([
    ['the last second of a day in Shanghai', '2026-11-11T23:59:59+08:00', '2026-11-13T15:59:59.000Z'],
    ['midnight in Shanghai', '2026-11-12T00:00:00+08:00', '2026-11-13T16:00:00.000Z'],
    ['the last second of a day in Greenwich', '2026-11-12T07:59:59+08:00', '2026-11-13T23:59:59.000Z'],
    ['the last second of a year', '2026-12-31T23:59:59+08:00', '2027-01-02T15:59:59.000Z'],
    ['two days before a leap day', '2028-02-27T12:00:00+08:00', '2028-02-29T04:00:00.000Z'],
    ['a leap day', '2028-02-29T23:59:59+08:00', '2028-03-02T15:59:59.000Z'],
    ['the end of February in a common year', '2027-02-28T23:59:59+08:00', '2027-03-02T15:59:59.000Z'],
    ['the hour that New York counts twice', '2026-11-01T13:30:00+08:00', '2026-11-03T05:30:00.000Z'],
  ])('end exactly 48 hours later when they begin in %s', async (_what, from, due) => {
    stack.now = Date.parse(from) + 1_000
    const caseNumber = await applyAt(Date.parse(from))
    expect(new Date((await readDue(caseNumber)) ?? 0).toISOString()).toBe(due)
    stack.now = Date.parse(due) - 1
    await fireAll()
    expect(await readPassed(caseNumber)).toEqual({})
    stack.now = Date.parse(due)
    await fireAll()
    expect(await readPassed(caseNumber)).toEqual({ SELLER_RESPONSE: Date.parse(due) })
  })
})

describe('our clock (fault F21)', () => {
  const NOON = Date.parse('2029-06-01T04:00:00Z')

  it.each([
    ['ten minutes fast', 10 * MINUTE],
    ['ten minutes slow', -10 * MINUTE],
  ])('changes neither what is due nor which message is newer if it is %s', async (_what, skew) => {
    stack.now = NOON + skew
    const caseNumber = await applyAt(NOON)
    expect(await readDue(caseNumber)).toBe(NOON + 48 * HOUR)
    await stack.push(refundPush({ tag: '206', caseNumber, status: 12, at: NOON + 5_000 }))
    stack.now -= 2 * skew
    await stack.push(refundPush({ tag: '208', caseNumber, status: 6, at: NOON + 2_000, fen: 1 }))
    await stack.receiveAll()
    expect(await stack.caseOf(caseNumber)).toMatchObject({ status: { raw: '12' }, amounts: { total: 8900 } })
  })

  it('does not let a deadline be noticed again if it is set back', async () => {
    stack.now = NOON
    const caseNumber = await applyAt(NOON)
    stack.now = NOON + 48 * HOUR
    await fireAll()
    const before = await stack.caseOf(caseNumber)
    expect(before?.passed).toEqual({ SELLER_RESPONSE: NOON + 48 * HOUR })
    for (const now of [NOON + 47 * HOUR, NOON + 48 * HOUR - 1, NOON + 48 * HOUR + 1]) {
      stack.now = now
      await fireAll()
      expect(await stack.caseOf(caseNumber)).toEqual(before)
    }
  })

  it('does not keep pending messages from being processed if it is set back', async () => {
    stack.now = NOON + 10 * MINUTE
    const caseNumber = caseNumberOf(nextCase++)
    await stack.push(refundPush({ caseNumber, at: NOON }))
    stack.now = NOON - 10 * MINUTE
    expect(await stack.receiveAll()).toBe(1)
    expect((await stack.caseOf(caseNumber))?.status?.raw).toBe('6')
  })
})

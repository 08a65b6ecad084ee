import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { caseNumberOf } from '../../support/case-numbers'

const HOUR = 3_600_000
const DUE = 1_500
const LATER = 2_500
let fresh: FreshDatabase
let one: Stack
let other: Stack

beforeAll(async () => {
  fresh = await freshDatabase()
  one = await openStack(fresh.url)
  other = await openStack(fresh.url)
})
afterAll(async () => {
  await one.close()
  await other.close()
  await fresh.drop()
})

const apply = async (from: number, count: number, at: number): Promise<string[]> => {
  const numbers = Array.from({ length: count }, (_, i) => caseNumberOf(from + i))
  for (let i = 0; i < count; i += 500)
    await one.push(...numbers.slice(i, i + 500).map((caseNumber) => refundPush({ caseNumber, at })))
  return numbers
}

/** Number of cases by how often their deadline was recorded as passed. */
const passings = async (): Promise<Record<string, number>> => {
  const rows = await one.database.query<{ times: number; cases: number }[]>(
    `SELECT times, count(*)::int AS cases FROM (
       SELECT count(*)::int AS times FROM event WHERE type = 'DeadlinePassed' GROUP BY stream) AS t GROUP BY times`,
  )
  return Object.fromEntries(rows.map(({ times, cases }) => [times, cases]))
}

const fireAll = async (stack: Stack): Promise<void> => {
  while ((await stack.fire(200)) > 0);
}

describe('F15: deadlines', () => {
  it('that are due in one second, among others that are not, are each noticed once, by two workers at work', async () => {
    const start = one.now
    await apply(0, DUE, start)
    await one.receiveAll()
    one.now = start + 24 * HOUR
    await apply(100_000, LATER, one.now)
    await one.receiveAll()
    for (const stack of [one, other]) stack.now = start + 48 * HOUR - 1
    await Promise.all([fireAll(one), fireAll(other)])
    expect(await passings()).toEqual({})
    for (const stack of [one, other]) stack.now = start + 48 * HOUR
    await Promise.all([fireAll(one), fireAll(other), fireAll(one), fireAll(other)])
    expect(await passings()).toEqual({ 1: DUE })
    expect(await countRows(one.database, 'reading')).toBe(DUE + LATER)
  })

  it('that came due while every worker was down are noticed once after a restart, and none is missed', async () => {
    const back = await openStack(fresh.url)
    back.now = one.now + 7 * 24 * HOUR
    await fireAll(back)
    await fireAll(back)
    expect(await passings()).toEqual({ 1: DUE + LATER })
    await back.close()
  })
})

describe('F16: a case that moves on in the very millisecond in which its deadline is due', () => {
  it('is either overdue and then moved, or moved and never overdue', async () => {
    await one.database.query('DELETE FROM timer')
    const start = one.now
    const numbers = await apply(500_000, 1_000, start)
    await one.receiveAll()
    const due = start + 48 * HOUR
    for (const stack of [one, other]) stack.now = due
    for (let i = 0; i < numbers.length; i += 500)
      await one.push(
        ...numbers.slice(i, i + 500).map((caseNumber) => refundPush({ tag: '206', caseNumber, status: 12, at: due })),
      )
    // Small batches on both sides, so that they compete often.
    const receiving = one.receiveAll(20)
    const firing = (async () => {
      for (let i = 0; i < 60; i++) await other.fire(20)
    })()
    await Promise.all([receiving, firing])
    await fireAll(other)
    const rows = await one.database.query<{ types: string[]; versions: number[]; n: number }[]>(
      `SELECT types, versions, count(*)::int AS n FROM (
         SELECT array_agg(e.type ORDER BY e.version) AS types, array_agg(e.version ORDER BY e.version) AS versions
         FROM event e JOIN stream s ON s.id = e.stream WHERE s.state->>'caseNumber' = ANY($1) GROUP BY e.stream) AS h
       GROUP BY 1, 2`,
      [numbers],
    )
    const moved = ['CaseOpened', 'StatusMoved', 'AmountAgreed', 'MoneyMoved']
    const overdue = ['CaseOpened', 'DeadlinePassed', 'StatusMoved', 'AmountAgreed', 'MoneyMoved']
    expect(
      rows.map(({ types }) => types).filter((t) => String(t) !== String(moved) && String(t) !== String(overdue)),
    ).toEqual([])
    expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(1_000)
    for (const { versions } of rows) expect(versions).toEqual(versions.map((_, i) => i + 1))
    expect(
      await one.database.query(
        `SELECT status, count(*)::int AS n FROM queue_row WHERE case_number = ANY($1) GROUP BY 1`,
        [numbers],
      ),
    ).toEqual([{ status: 'succeeded', n: 1_000 }])
    expect(await countRows(one.database, 'timer')).toBe(0)
    expect([...one.troubles, ...other.troubles]).toEqual([])
  })
})

import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { caseNumberOf } from '../../support/case-numbers'

const HOUR = 3_600_000
const DUE_CASES = 1_500
const LATER_CASES = 2_500
let fresh: FreshDatabase
let firstStack: Stack
let secondStack: Stack

beforeAll(async () => {
  fresh = await freshDatabase()
  firstStack = await openStack(fresh.url)
  secondStack = await openStack(fresh.url)
})
afterAll(async () => {
  await firstStack.close()
  await secondStack.close()
  await fresh.drop()
})

const applyForRefunds = async (from: number, count: number, at: number): Promise<string[]> => {
  const numbers = Array.from({ length: count }, (_, i) => caseNumberOf(from + i))
  for (let i = 0; i < count; i += 500)
    await firstStack.push(...numbers.slice(i, i + 500).map((caseNumber) => refundPush({ caseNumber, at })))
  return numbers
}

/** Number of cases by how often their deadline was recorded as passed. */
const countPassings = async (): Promise<Record<string, number>> => {
  const rows = await firstStack.database.query<{ times: number; cases: number }[]>(
    `SELECT times, count(*)::int AS cases FROM (
       SELECT count(*)::int AS times FROM event WHERE type = 'DeadlinePassed' GROUP BY stream) AS t GROUP BY times`,
  )
  return Object.fromEntries(rows.map(({ times, cases }) => [times, cases]))
}

const fireAll = async (stack: Stack): Promise<void> => {
  while ((await stack.fire(200)) > 0);
}

describe('deadlines that are due (fault F15)', () => {
  it('are each noticed once by two workers at work, if they fall into one second and others do not', async () => {
    const start = firstStack.now
    await applyForRefunds(0, DUE_CASES, start)
    await firstStack.receiveAll()
    firstStack.now = start + 24 * HOUR
    await applyForRefunds(100_000, LATER_CASES, firstStack.now)
    await firstStack.receiveAll()
    for (const stack of [firstStack, secondStack]) stack.now = start + 48 * HOUR - 1
    await Promise.all([fireAll(firstStack), fireAll(secondStack)])
    expect(await countPassings()).toEqual({})
    for (const stack of [firstStack, secondStack]) stack.now = start + 48 * HOUR
    await Promise.all([fireAll(firstStack), fireAll(secondStack), fireAll(firstStack), fireAll(secondStack)])
    expect(await countPassings()).toEqual({ 1: DUE_CASES })
    expect(await countRows(firstStack.database, 'reading')).toBe(DUE_CASES + LATER_CASES)
  })

  it('are each noticed once after a restart, if every worker was down at their time', async () => {
    const restartedStack = await openStack(fresh.url)
    restartedStack.now = firstStack.now + 7 * 24 * HOUR
    await fireAll(restartedStack)
    await fireAll(restartedStack)
    expect(await countPassings()).toEqual({ 1: DUE_CASES + LATER_CASES })
    await restartedStack.close()
  })
})

describe('a case that moves on in the very millisecond in which its deadline is due (fault F16)', () => {
  it('is either overdue and then moved on, or moved on and never overdue', async () => {
    await firstStack.database.query('DELETE FROM timer')
    const start = firstStack.now
    const numbers = await applyForRefunds(500_000, 1_000, start)
    await firstStack.receiveAll()
    const due = start + 48 * HOUR
    for (const stack of [firstStack, secondStack]) stack.now = due
    for (let i = 0; i < numbers.length; i += 500)
      await firstStack.push(
        ...numbers.slice(i, i + 500).map((caseNumber) => refundPush({ tag: '206', caseNumber, status: 12, at: due })),
      )
    // Small batches on both sides, so that they compete often.
    const receiving = firstStack.receiveAll(20)
    const firing = (async () => {
      for (let i = 0; i < 60; i++) await secondStack.fire(20)
    })()
    await Promise.all([receiving, firing])
    await fireAll(secondStack)
    const rows = await firstStack.database.query<{ types: string[]; versions: number[]; n: number }[]>(
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
      await firstStack.database.query(
        `SELECT status, count(*)::int AS n FROM queue_row WHERE case_number = ANY($1) GROUP BY 1`,
        [numbers],
      ),
    ).toEqual([{ status: 'succeeded', n: 1_000 }])
    expect(await countRows(firstStack.database, 'timer')).toBe(0)
    expect([...firstStack.troubles, ...secondStack.troubles]).toEqual([])
  })
})

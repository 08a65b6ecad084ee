import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { DayRunReport } from './day-run'
import { dayRun } from './day-run'

/** The short form of `node test/faults/start.mjs day`, which has twenty thousand cases. */
describe('R147: a day of cases at four stores, returns handled by the predefined strategies', () => {
  let fresh: FreshDatabase
  let report: DayRunReport
  beforeAll(async () => {
    fresh = await freshDatabase()
    report = await dayRun(fresh.url, { seed: 'day', cases: 80, stepHours: 10 })
  })
  afterAll(() => fresh.drop())

  it('strategies decide at both marketplaces, and the marketplaces show it', () => {
    expect(report.decided['approve-return confirmed']).toBeGreaterThan(5)
    expect(report.decided['approve-refund confirmed']).toBeGreaterThan(0)
  })

  it('R168: nothing that a strategy covers is overdue', () => expect(report.overdue).toEqual([]))
  it('nothing is refunded twice, and no order more than was paid for it', () =>
    expect([report.refundedTwice, report.refundedTooMuch]).toEqual([[], []]))
  it('every decision is explained by rules that hold', () => expect(report.unexplained).toBe(0))
  it('no action stays in doubt', () => expect(report.doubtsLeft).toBe(0))
})

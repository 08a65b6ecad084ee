import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { DayRunReport } from './day-run'
import { dayRun } from './day-run'

/** The short form of `node test/faults/start.mjs day`, which has twenty thousand cases. */
describe('R147: a day of cases at four stores whose returns the predefined strategies handle', () => {
  let fresh: FreshDatabase
  let report: DayRunReport
  beforeAll(async () => {
    fresh = await freshDatabase()
    report = await dayRun(fresh.url, { seed: 'day', cases: 80, stepHours: 10 })
  })
  afterAll(() => fresh.drop())

  it('has decisions of strategies at both marketplaces, and the marketplaces show them', () => {
    expect(report.decided['approve-return confirmed']).toBeGreaterThan(5)
    expect(report.decided['approve-refund confirmed']).toBeGreaterThan(0)
  })

  it('R168: has no overdue case among those that a strategy covers', () => expect(report.overdue).toEqual([]))
  it('has no refund that was paid twice or exceeds what was paid for its order', () =>
    expect([report.refundedTwice, report.refundedTooMuch]).toEqual([[], []]))
  it('has an explanation by rules that hold for every decision', () => expect(report.unexplained).toBe(0))
  it('leaves no action in doubt', () => expect(report.doubtsLeft).toBe(0))
})

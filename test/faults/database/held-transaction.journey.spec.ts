import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { heldRun } from './held-transaction-run'

let fresh: FreshDatabase

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

describe('a transaction that has written and stays open (fault F14)', () => {
  it('fires the alert within ten seconds; deliveries are answered meanwhile, and no event is skipped in the end', async () => {
    const report = await heldRun(fresh.url, { heldMs: 3_000, timedMs: 1_000 })
    expect(report.alarmAfterMs).toBeLessThan(10_000)
    expect(Object.keys(report.answers)).toEqual(['200'])
    // A busy machine answers more slowly, so the rate is no measure; a gateway that waits for the transaction answers nothing.
    expect(report.perSecond[1]).toBeGreaterThan(report.perSecond[0] / 4)
    expect(report.read).toBe(report.events)
  }, 360_000)
})

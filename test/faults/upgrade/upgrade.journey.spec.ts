import { join } from 'node:path'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { ROOT } from '../../kafka/installation'
import { ALL_MIGRATIONS } from '../../support/stack'
import { upgradeRun } from './upgrade-run'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

describe('an upgrade under load, and its rollback (fault F23)', () => {
  it('migrate the tables beside the old version, which works before, during and after it; nothing fails, nothing is lost', async () => {
    const program = join(ROOT, 'dist/test/faults/upgrade/next-version.js')
    const next = { programs: { gateway: program, worker: program }, migrations: ALL_MIGRATIONS }
    const {
      wrong,
      errorLines: troubles,
      refused,
      migrationCounts: tables,
      phases,
      armings,
    } = await upgradeRun({
      url: fresh.url,
      seed: 'upgrade-1',
      next,
      cases: 6,
    })
    expect(wrong).toEqual([])
    expect(troubles).toEqual([])
    // A gateway that is replaced answers that it is stopping, or refuses connections; it never reports a failure.
    expect(Object.keys(refused).filter((status) => !['none', '503'].includes(status))).toEqual([])
    expect(tables.map((n) => n - (tables[0] ?? 0))).toEqual([0, 1, 1])
    expect(phases).toHaveLength(5)
    // F: strategies were armed and disarmed during the whole run, too, and none of that was refused.
    expect(armings).toBeGreaterThan(10)
  }, 480_000)
})

import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { FAILPOINTS, failpointRun } from './failpoint-run'

let fresh: FreshDatabase

beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.drop())

describe('gateway and worker, killed with SIGKILL (fault F1)', () => {
  it('lose nothing and do nothing twice when one of them is killed at every named step in turn', async () => {
    const report = await failpointRun(fresh.url, { seed: process.env['FAILPOINT_SEED'] ?? 'power-1' })
    expect(report.exits).toEqual(FAILPOINTS.map(([name, role]) => `${role} ${name} SIGKILL`))
    expect(report.wrong).toEqual([])
  }, 480_000)
})

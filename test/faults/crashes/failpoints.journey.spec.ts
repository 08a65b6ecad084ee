import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { FAILPOINTS, failpointRun } from './failpoint-run'

let fresh: FreshDatabase

beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.drop())

describe('F1: SIGKILL', () => {
  it('at every named step, one process after the other: nothing is lost or done twice', async () => {
    const report = await failpointRun(fresh.url, { seed: process.env['FAILPOINT_SEED'] ?? 'power-1' })
    expect(report.exits).toEqual(FAILPOINTS.map(([name, role]) => `${role} ${name} SIGKILL`))
    expect(report.wrong).toEqual([])
  }, 480_000)
})

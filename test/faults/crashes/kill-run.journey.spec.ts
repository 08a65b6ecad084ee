import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { killRun } from './kill-run'

const SEED = process.env['KILL_SEED'] ?? 'kill-1'
let fresh: FreshDatabase

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

describe('F2: worker and gateway killed at random points of 2,500 messages', () => {
  it('lose nothing that was acknowledged; every case ends as at its marketplace', async () => {
    const report = await killRun(fresh.url, { seed: SEED, messages: 2_500, kills: 6 })
    expect(report.wrong).toEqual([])
    expect(report.killed).toHaveLength(6)
    expect(report.acknowledged).toBeGreaterThan(1_000)
  }, 480_000)
})

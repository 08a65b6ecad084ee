import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { killRun } from './kill-run'

/** `KILL_SEED` repeats the kills of a run that failed, at the same messages. */
const SEED = process.env['KILL_SEED'] ?? 'kill-1'
const MESSAGES = 2_500
const KILLS = 6
let fresh: FreshDatabase

beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

describe('worker and gateway, killed with SIGKILL at random points (fault F2)', () => {
  it(`lose nothing of ${MESSAGES} messages that they acknowledged, and every case ends as at its marketplace`, async () => {
    const report = await killRun(fresh.url, { seed: SEED, messages: MESSAGES, kills: KILLS })
    expect(report.wrong).toEqual([])
    expect(report.killed).toHaveLength(KILLS)
    // Far fewer acknowledgements would mean that the processes were down for most of the run.
    expect(report.acknowledged).toBeGreaterThan(1_000)
  }, 480_000)
})

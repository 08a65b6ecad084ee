import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FailoverReport } from './failover-run'
import { failoverRun } from './failover-run'

const folder = mkdtempSync(join(tmpdir(), 'shouhou-failover-'))
let report: FailoverReport

beforeAll(async () => {
  report = await failoverRun(folder, 'failover-1', ['silent', 'killed'])
}, 480_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a standby that takes over from a hanging primary and from a killed one (fault F4)', () => {
  it('lets deliveries be acknowledged again within ten seconds', () => {
    expect(report.pausesMs.filter((ms) => ms > 10_000)).toEqual([])
    expect(report.pausesMs).toHaveLength(2)
  })

  it('has everything that was acknowledged, and every case is as at its marketplace', () => {
    expect(report.wrong).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(100)
  })

  it('makes no process restart, and deliveries in between are answered 503', () => {
    expect(Object.keys(report.refused).filter((status) => status !== '503')).toEqual([])
    expect(report.restarted).toEqual([])
  })
})

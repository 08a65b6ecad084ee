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

describe('F4: a standby takes over from a primary that stopped answering, and from one that was killed', () => {
  it('within ten seconds deliveries are acknowledged again', () => {
    expect(report.pausesMs.filter((ms) => ms > 10_000)).toEqual([])
    expect(report.pausesMs).toHaveLength(2)
  })

  it('nothing that was acknowledged is lost or only on the former primary, and every case is as at its marketplace', () => {
    expect(report.wrong).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(100)
  })

  it('deliveries in between are answered 503, and neither process has to be restarted', () => {
    expect(Object.keys(report.refused).filter((status) => status !== '503')).toEqual([])
    expect(report.restarted).toEqual([])
  })
})

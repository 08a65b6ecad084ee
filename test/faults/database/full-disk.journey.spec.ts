import type { DiskReport } from './full-disk-run'
import { diskRun } from './full-disk-run'

let report: DiskReport

beforeAll(async () => {
  report = await diskRun('disk-1', 500)
  for (const what of report.leftOut) process.stderr.write(`\nLEFT OUT of F24, ${what}\n\n`)
}, 480_000)

describe('a full disk of the database (fault F24)', () => {
  it('needs no restart, be it the disk of the tables or of the log: processing continues by itself when there is space', () => {
    expect([...report.done, ...report.leftOut]).toHaveLength(2)
    expect(report.done).not.toEqual([])
    expect(report.restarted).toEqual([])
  })

  it('loses nothing that was acknowledged: deliveries in between are answered 503, and every case is as at its marketplace', () => {
    expect(Object.keys(report.refused).filter((status) => status !== '503')).toEqual([])
    expect(report.wrong).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(60)
  })
})

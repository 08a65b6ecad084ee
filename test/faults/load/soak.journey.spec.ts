import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { leastSquaresSlope, soakRun } from './soak-run'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

describe('a process under an even load (fault F25)', () => {
  it('loses nothing, and reports memory, dead rows and acknowledgement times', async () => {
    const report = await soakRun({ url: fresh.url, seed: 'soak-1', ms: 3_000, capacityMs: 2_000, sampleMs: 500 })
    expect(report.wrong).toEqual([])
    const { samples, sustained, memory, p99, dead } = report
    expect(
      [
        samples,
        sustained,
        memory.gateway.lastMb,
        memory.worker.lastMb,
        p99.last,
        report.ownDelay.last,
        Object.keys(dead).length,
      ].filter((n) => !(n > 0)),
    ).toEqual([])
  }, 360_000)

  it('canary: growing memory is distinguished from a constant level', () => {
    expect([
      leastSquaresSlope([
        [0, 100],
        [1, 103],
        [2, 106],
      ]),
      leastSquaresSlope([
        [0, 100],
        [1, 101],
        [2, 100],
      ]),
      leastSquaresSlope([[0, 100]]),
    ]).toEqual([3, 0, 0])
  })
})

import { backlogRun } from './backlog-run'

const ROWS = 20_000

describe('F11: a broker that was down comes back to a backlog of 20,000 events', () => {
  // A broker given by KAFKA_BROKERS cannot be stopped.
  const own = process.env['KAFKA_BROKERS'] === undefined || process.env['KAFKA_BROKERS'] === ''
  const once = own ? it : it.skip
  once(
    'deliveries are unaffected; all events are published in the order of each case, and repeated only under the same id',
    async () => {
      const report = await backlogRun({ rows: ROWS, timedMs: 500 })
      expect(Object.keys(report.answers)).toEqual(['200'])
      expect(report.acknowledgedMeanwhile).toBeGreaterThan(0)
      expect(report.published.expected).toBeGreaterThan(ROWS)
      expect({ events: report.published.events, outOfOrder: report.published.outOfOrder }).toEqual({
        events: report.published.expected,
        outOfOrder: 0,
      })
    },
    480_000,
  )
})

import { backlogRun } from './backlog-run'

const ROWS = 20_000

describe('a broker that comes back to a backlog of 20,000 events (fault F11)', () => {
  // A broker given by KAFKA_BROKERS cannot be stopped.
  const own = process.env['KAFKA_BROKERS'] === undefined || process.env['KAFKA_BROKERS'] === ''
  const once = own ? it : it.skip
  once(
    'gets all of them in the order of each case, repeated only under the same id, and deliveries are unaffected',
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

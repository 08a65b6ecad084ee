import { kafkaRun } from './kafka-run'

const SEED = process.env['KAFKA_SEED'] ?? 'kafka-1'

describe('an outside Kafka consumer, while broker, database, workers and the consumer itself are killed', () => {
  it('knows every case as its marketplace shows it, and has processed every event once, in the order of each case', async () => {
    const report = await kafkaRun({
      seed: SEED,
      brokerAwayMs: 2_000,
      workersKilled: 1,
      rate: 10,
      without: ['consumer killed', 'broker stopped'],
    })
    expect(report.wrong).toEqual([])
    expect(report.events).toBeGreaterThan(500)
  }, 480_000)
})

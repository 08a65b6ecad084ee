import { ThrottledKafkaLogger } from './throttled-kafka-logger'

const SECOND = 1_000
let now = 0
let logged: string[] = []
const newLogger = (): ThrottledKafkaLogger =>
  new ThrottledKafkaLogger(
    (line) => logged.push(line),
    () => now,
  )
beforeEach(() => {
  now = 1_000_000
  logged = []
})
const UNREACHABLE =
  'Kafka is unreachable: connect ECONNREFUSED. Events wait in the database and are published when it is back'

describe('an outage of the broker', () => {
  it('is logged when it begins, once a minute while it lasts, and when it is over', () => {
    const logger = newLogger()
    for (let second = 0; second < 130; second++, now += SECOND) logger.unreachable('connect ECONNREFUSED')
    logger.connected()
    logger.connected()
    expect(logged).toEqual([
      UNREACHABLE,
      UNREACHABLE.replace('unreachable', 'unreachable for 60 s'),
      UNREACHABLE.replace('unreachable', 'unreachable for 120 s'),
      'Kafka is reachable again',
    ])
  })

  it('is logged once, not at each break of an unstable connection', () => {
    const logger = newLogger()
    for (let second = 0; second < 59; second++, now += SECOND) {
      logger.unreachable('connect ECONNREFUSED')
      logger.connected()
    }
    expect(logged).toEqual([UNREACHABLE, 'Kafka is reachable again'])
  })

  it('is logged again a minute after the previous one', () => {
    const logger = newLogger()
    logger.unreachable('connect ECONNREFUSED')
    logger.connected()
    now += 60 * SECOND
    logger.unreachable('connect ECONNREFUSED')
    expect(logged).toEqual([UNREACHABLE, 'Kafka is reachable again', UNREACHABLE])
  })
})

describe('any other error of the client', () => {
  it('is logged once a minute, where texts that differ only in numbers count as one', () => {
    const logger = newLogger()
    logger.error('Connection: Response Metadata(key: 3, version: 6)')
    logger.error('Connection: Response Metadata(key: 3, version: 7)')
    logger.error('Consumer: Crash')
    now += 60 * SECOND
    logger.error('Consumer: Crash')
    expect(logged).toEqual(['Connection: Response Metadata(key: 3, version: 6)', 'Consumer: Crash', 'Consumer: Crash'])
  })
})

import { ThrottledKafkaLogger } from './throttled-kafka-logger'

const SECOND = 1_000
let now = 0
let logged: string[] = []
const voice = (): ThrottledKafkaLogger =>
  new ThrottledKafkaLogger(
    (line) => logged.push(line),
    () => now,
  )
beforeEach(() => {
  now = 1_000_000
  logged = []
})
const AWAY = 'Kafka is unreachable: connect ECONNREFUSED. Events wait in the database and are published when it is back'

describe('a broker that is away', () => {
  it('is logged once, then once a minute, and when it is over', () => {
    const ours = voice()
    for (let second = 0; second < 130; second++, now += SECOND) ours.unreachable('connect ECONNREFUSED')
    ours.connected()
    ours.connected()
    expect(logged).toEqual([
      AWAY,
      AWAY.replace('unreachable', 'unreachable for 60 s'),
      AWAY.replace('unreachable', 'unreachable for 120 s'),
      'Kafka is reachable again',
    ])
  })

  it('is not logged at each break of an unstable connection', () => {
    const ours = voice()
    for (let second = 0; second < 59; second++, now += SECOND) {
      ours.unreachable('connect ECONNREFUSED')
      ours.connected()
    }
    expect(logged).toEqual([AWAY, 'Kafka is reachable again'])
  })

  it('is logged although the broker answered a minute ago', () => {
    const ours = voice()
    ours.unreachable('connect ECONNREFUSED')
    ours.connected()
    now += 60 * SECOND
    ours.unreachable('connect ECONNREFUSED')
    expect(logged).toEqual([AWAY, 'Kafka is reachable again', AWAY])
  })
})

describe('what else the client complains of', () => {
  it('is logged once a minute for each kind, whatever the numbers in it', () => {
    const ours = voice()
    ours.error('Connection: Response Metadata(key: 3, version: 6)')
    ours.error('Connection: Response Metadata(key: 3, version: 7)')
    ours.error('Consumer: Crash')
    now += 60 * SECOND
    ours.error('Consumer: Crash')
    expect(logged).toEqual(['Connection: Response Metadata(key: 3, version: 6)', 'Consumer: Crash', 'Consumer: Crash'])
  })
})

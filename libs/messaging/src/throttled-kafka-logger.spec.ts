import { ThrottledKafkaLogger } from './throttled-kafka-logger'

const SECOND = 1_000
let now = 0
let said: string[] = []
const voice = (): ThrottledKafkaLogger =>
  new ThrottledKafkaLogger(
    (line) => said.push(line),
    () => now,
  )
beforeEach(() => {
  now = 1_000_000
  said = []
})
const AWAY =
  'a broker of Kafka has not answered: connect ECONNREFUSED. All else goes on; what is to be told waits in the database until it does'

describe('a broker that is away', () => {
  it('is told of once, then once a minute, and when it is back', () => {
    const ours = voice()
    for (let second = 0; second < 130; second++, now += SECOND) ours.unreachable('connect ECONNREFUSED')
    ours.connected()
    ours.connected()
    expect(said).toEqual([
      AWAY,
      AWAY.replace('answered', 'answered for 60 s'),
      AWAY.replace('answered', 'answered for 120 s'),
      'a broker of Kafka answers again',
    ])
  })

  it('is not told of at each break of a line that flutters', () => {
    const ours = voice()
    for (let second = 0; second < 59; second++, now += SECOND) {
      ours.unreachable('connect ECONNREFUSED')
      ours.connected()
    }
    expect(said).toEqual([AWAY, 'a broker of Kafka answers again'])
  })

  it('is told of although it answered a minute ago', () => {
    const ours = voice()
    ours.unreachable('connect ECONNREFUSED')
    ours.connected()
    now += 60 * SECOND
    ours.unreachable('connect ECONNREFUSED')
    expect(said).toEqual([AWAY, 'a broker of Kafka answers again', AWAY])
  })
})

describe('what else the client complains of', () => {
  it('is told once a minute for each sort, whatever the numbers in it', () => {
    const ours = voice()
    ours.error('Connection: Response Metadata(key: 3, version: 6)')
    ours.error('Connection: Response Metadata(key: 3, version: 7)')
    ours.error('Consumer: Crash')
    now += 60 * SECOND
    ours.error('Consumer: Crash')
    expect(said).toEqual(['Connection: Response Metadata(key: 3, version: 6)', 'Consumer: Crash', 'Consumer: Crash'])
  })
})

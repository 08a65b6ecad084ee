import type { DeploymentStatus } from './deployment'
import { exportDeploymentMetrics } from './deployment'
import { LoopMetrics } from './loops'
import { Metrics } from './metrics'
import { exportPublishingMetrics } from './publishing'
import { CachedProbe } from './cached-probe'

const STANDING: DeploymentStatus = {
  pending: 3,
  oldestPendingSeconds: 1.5,
  quarantined: { unintelligible: 2 },
  cases: { us: 4, buyer: 1 },
  deadlinesNear: { '1h': 1, '6h': 2 },
  deadlinesMissed: 0,
  effects: { ready: 1, sent: 0, 'in-doubt': 0 },
  oldestDoubtSeconds: 0,
  tasks: {},
  readings: 0,
  readingsFailing: 3,
  stores: [{ store: 7, provenSeconds: 4, pulledSeconds: 2, pushedSeconds: undefined, unprovenWindows: 2 }],
}

const shown = async (metrics: Metrics, name: string): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name) && !line.startsWith('#'))

describe('the state of the deployment', () => {
  it('is exported by the number of the store, without unknown values', async () => {
    const metrics = new Metrics('worker')
    exportDeploymentMetrics(metrics, () => Promise.resolve(STANDING))
    expect(await shown(metrics, 'shouhou_store_')).toEqual([
      'shouhou_store_unproven_seconds{store="7",app="worker"} 4',
      'shouhou_store_pull_age_seconds{store="7",app="worker"} 2',
      'shouhou_store_unproven_windows{store="7",app="worker"} 2',
    ])
    expect(await shown(metrics, 'shouhou_cases')).toEqual([
      'shouhou_cases{turn="us",app="worker"} 4',
      'shouhou_cases{turn="buyer",app="worker"} 1',
    ])
  })

  it('is unknown where the database does not answer: no metric stays as if all were well', async () => {
    const metrics = new Metrics('worker')
    exportDeploymentMetrics(metrics, () => Promise.reject(new Error('the database is away')))
    expect(await shown(metrics, 'shouhou_sounding_up')).toEqual([
      'shouhou_sounding_up{sounding="house",app="worker"} 0',
    ])
    expect(await shown(metrics, 'shouhou_deadlines_missed')).toEqual([])
    expect(await shown(metrics, 'shouhou_inbox_pending_messages')).toEqual([])
    expect(await shown(metrics, 'shouhou_sounding_failures_total')).toEqual([
      'shouhou_sounding_failures_total{sounding="house",app="worker"} 1',
    ])
  })
})

describe('a cached probe', () => {
  it('runs its query once for all callers at the same time, and not again while the answer is fresh', async () => {
    let now = 0
    let asked = 0
    const sounding = new CachedProbe(() => Promise.resolve(++asked), {
      freshMs: 5_000,
      withinMs: 1_000,
      now: () => now,
    })
    expect(await Promise.all([sounding.current(), sounding.current()])).toEqual([1, 1])
    now = 4_999
    expect(await sounding.current()).toBe(1)
    now = 5_000
    expect(await sounding.current()).toBe(2)
  })

  it('waits no longer than its timeout, and does not run a second query meanwhile', async () => {
    let asked = 0
    let answer: (value: string) => void = () => undefined
    const ask = (): Promise<string> => {
      asked += 1
      return new Promise((resolve) => (answer = resolve))
    }
    const sounding = new CachedProbe(ask, { freshMs: 0, withinMs: 1 })
    expect([await sounding.current(), await sounding.current(), asked]).toEqual([undefined, undefined, 1])
    const waiting = sounding.current()
    answer('late, but here')
    expect(await waiting).toBe('late, but here')
  })
})

describe('loops', () => {
  it('are counted by name, with their errors and how long ago they last turned', async () => {
    let now = 0
    const metrics = new Metrics('worker')
    const loops = new LoopMetrics(metrics, () => now)
    const receive = loops.measure('receive', () => {
      now += 250
      return Promise.resolve(7)
    })
    const pull = loops.measure('pull', () => Promise.reject(new Error('fell over')))
    expect(await receive()).toBe(7)
    await expect(pull()).rejects.toThrow('fell over')
    loops.failed('pull')
    now = 1_250
    expect(await shown(metrics, 'shouhou_loop')).toEqual([
      'shouhou_loop_turns_total{loop="receive",app="worker"} 1',
      'shouhou_loop_turns_total{loop="pull",app="worker"} 1',
      'shouhou_loop_errors_total{loop="receive",app="worker"} 0',
      'shouhou_loop_errors_total{loop="pull",app="worker"} 2',
      'shouhou_loop_busy_seconds_total{loop="receive",app="worker"} 0.25',
      'shouhou_loop_busy_seconds_total{loop="pull",app="worker"} 0',
      'shouhou_loop_last_turn_duration_seconds{loop="receive",app="worker"} 0.25',
      'shouhou_loop_last_turn_duration_seconds{loop="pull",app="worker"} 0',
      'shouhou_loop_last_turn_age_seconds{loop="receive",app="worker"} 1',
      'shouhou_loop_last_turn_age_seconds{loop="pull",app="worker"} 1',
    ])
  })
})

describe('publishing', () => {
  it('is the sum of the shares of this process', async () => {
    const metrics = new Metrics('worker')
    const one = { events: 2, snapshots: 1, batches: 1, bytes: 100, refused: 0, failures: 0 }
    exportPublishingMetrics(metrics, {
      counters: () => [one, one],
      readStatus: () => Promise.resolve({ rows: 5, seconds: 0.5, deadLetters: { publisher: 1 } }),
      readConsumerLag: () => 9,
      readLostRecords: () => 2,
    })
    await metrics.text()
    expect(await shown(metrics, 'shouhou_published_events')).toEqual(['shouhou_published_events_total{app="worker"} 4'])
    expect(await shown(metrics, 'shouhou_publication')).toEqual([
      'shouhou_publication_behind_rows{app="worker"} 5',
      'shouhou_publication_behind_seconds{app="worker"} 0.5',
    ])
    expect(await shown(metrics, 'shouhou_dead')).toEqual(['shouhou_dead_letters{consumer="publisher",app="worker"} 1'])
    expect(await shown(metrics, 'shouhou_consumer')).toEqual([
      'shouhou_consumer_lag_messages{app="worker"} 9',
      'shouhou_consumer_lost_records_total{app="worker"} 2',
    ])
  })
})

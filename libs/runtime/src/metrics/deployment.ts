import { Gauge } from 'prom-client'
import type { Metrics } from './metrics'
import { collectFromProbe } from './cached-probe'

/** The state of the deployment, counted in the tables. Ages are in seconds. */
export interface DeploymentStatus {
  readonly pending: number
  readonly oldestPendingSeconds: number
  readonly quarantined: Readonly<Record<string, number>>
  /** Cases by whose turn it is. */
  readonly cases: Readonly<Record<string, number>>
  /** Our deadlines: how many pass within this time, and how many have passed without an action. */
  readonly deadlinesNear: Readonly<Record<string, number>>
  readonly deadlinesMissed: number
  readonly effects: Readonly<Record<string, number>>
  readonly oldestDoubtSeconds: number
  /** Open tasks for people, by reason. */
  readonly tasks: Readonly<Record<string, number>>
  readonly readings: number
  readonly readingsFailing: number
  readonly stores: readonly StoreStatus[]
}

/** How far behind one store is. Of very many stores only the stalest are reported. */
export interface StoreStatus {
  readonly store: number
  readonly provenSeconds: number
  readonly pulledSeconds: number | undefined
  readonly pushedSeconds: number | undefined
  readonly unprovenWindows: number
}

/** Reports the state of the deployment: the same from every process, so take the largest, not the sum. */
export function exportDeploymentMetrics(metrics: Metrics, readStatus: () => Promise<DeploymentStatus>): void {
  const gauge = (name: string, help: string, label?: string): Gauge =>
    new Gauge({
      name: `shouhou_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [metrics.registry],
    })
  const pending = gauge('inbox_pending_messages', 'Messages that wait to be understood; counted up to 100,000')
  const oldest = gauge('inbox_oldest_pending_age_seconds', 'How long the oldest of them has been waiting')
  const quarantined = gauge(
    'quarantined_messages',
    'Messages that could not be understood; counted up to 100,000',
    'reason',
  )
  const cases = gauge('cases', 'Cases by whose turn it is', 'turn')
  const deadlinesNear = gauge(
    'deadlines_near',
    'Cases whose turn is ours and whose deadline passes within this time; up to 10,000 a store',
    'within',
  )
  const deadlinesMissed = gauge(
    'deadlines_missed',
    'Cases whose turn is ours and whose deadline has passed; up to 10,000 a store',
  )
  const effects = gauge('effects', 'Actions under way at marketplaces', 'state')
  const oldestDoubt = gauge('effects_in_doubt_oldest_age_seconds', 'How long the oldest action has been in doubt')
  const tasks = gauge('tasks_open', 'What people must see to because of actions', 'reason')
  const readings = gauge(
    'readings_waiting',
    'Cases that are to be asked for at their marketplace; counted up to 100,000',
  )
  const failing = gauge(
    'readings_failing',
    'Cases that their marketplace was asked for several times and did not show; counted up to 100,000',
  )
  const proven = gauge(
    'store_unproven_seconds',
    'How far behind now the changes of a store are proven to be complete',
    'store',
  )
  const pulled = gauge('store_pull_age_seconds', 'How long ago a list of changes was last read to its end', 'store')
  const pushed = gauge('store_push_age_seconds', 'How long ago the marketplace last pushed', 'store')
  const unproven = gauge(
    'store_unproven_windows',
    'Windows of a store of which the list did not show what it claims; they are read again',
    'store',
  )
  const allGauges = [
    pending,
    oldest,
    quarantined,
    cases,
    deadlinesNear,
    deadlinesMissed,
    effects,
    oldestDoubt,
    tasks,
    readings,
    failing,
    proven,
    pulled,
    pushed,
    unproven,
  ]
  const setByLabel = (into: Gauge, label: string, values: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(values)) into.set({ [label]: name }, value)
  }
  collectFromProbe(metrics, 'house', readStatus, (status) => {
    for (const gauge of allGauges) gauge.reset()
    // After `reset` a gauge without labels is 0. Without an answer the value is unknown, so it is removed.
    if (status === undefined)
      return void [pending, oldest, deadlinesMissed, oldestDoubt, readings, failing].forEach((gauge) =>
        gauge.remove({}),
      )
    pending.set(status.pending)
    oldest.set(status.oldestPendingSeconds)
    setByLabel(quarantined, 'reason', status.quarantined)
    setByLabel(cases, 'turn', status.cases)
    setByLabel(deadlinesNear, 'within', status.deadlinesNear)
    deadlinesMissed.set(status.deadlinesMissed)
    setByLabel(effects, 'state', status.effects)
    oldestDoubt.set(status.oldestDoubtSeconds)
    setByLabel(tasks, 'reason', status.tasks)
    readings.set(status.readings)
    failing.set(status.readingsFailing)
    for (const { store, provenSeconds, pulledSeconds, pushedSeconds, unprovenWindows } of status.stores) {
      proven.set({ store }, provenSeconds)
      unproven.set({ store }, unprovenWindows)
      if (pulledSeconds !== undefined) pulled.set({ store }, pulledSeconds)
      if (pushedSeconds !== undefined) pushed.set({ store }, pushedSeconds)
    }
  })
}

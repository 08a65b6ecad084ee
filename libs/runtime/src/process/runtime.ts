import type { DataSource } from 'typeorm'
import type { KeyReadiness, Vault } from '#access'
import { Directory, keyReadiness } from '#access'
import { WakeUps, databaseUrlOf, schemaMismatch } from '#event-store'
import { Readiness } from '../health/readiness'
import type { Metrics } from '../metrics/metrics'
import type { Tracing } from '../tracing/tracing'
import type { Clock } from './clock'
import type { Journal } from './journal'
import { nestJournal } from './journal'

/** What every process has. `RuntimeModule` provides each of these to Nest. */
export interface Runtime {
  readonly app: string
  readonly database: DataSource
  readonly vault: Vault
  readonly directory: Directory
  readonly keys: KeyReadiness
  readonly clock: Clock
  readonly journal: Journal
  readonly readiness: Readiness
  readonly wakeUps: WakeUps
  readonly metrics: Metrics | undefined
  readonly tracing: Tracing | undefined
}

export interface RuntimeParts extends Pick<Runtime, 'app' | 'database' | 'vault' | 'clock'> {
  readonly directory?: Directory
  readonly journal?: Journal
  /** Absent: waits for the time only, no notification of the database. */
  readonly wakeUps?: WakeUps
  readonly metrics?: Metrics | undefined
  readonly tracing?: Tracing | undefined
}

/** The runtime over a database that is open already. The caller closes what it opened. */
export function runtimeOn(parts: RuntimeParts): Runtime {
  const { app, database, vault, clock } = parts
  const {
    directory = new Directory(database, vault),
    journal = nestJournal(app),
    wakeUps = new WakeUps(databaseUrlOf(database)),
  } = parts
  const keys = keyReadiness(database, vault, directory)
  return {
    ...{ app, database, vault, clock, directory, journal, keys, wakeUps },
    readiness: new Readiness(
      async () => (await schemaMismatch(database)) ?? (await keys.lack()),
      undefined,
      keys.troubles,
    ),
    metrics: parts.metrics,
    tracing: parts.tracing,
  }
}

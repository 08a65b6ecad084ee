import type { DataSource } from 'typeorm'
import type { DirectoryOptions, Vault } from '#access'
import { ACCESS_MIGRATIONS, openVault, verifyKeys, Directory } from '#access'
import { WakeUps, EVENT_STORE_MIGRATIONS, openDatabase, readPoolUsage } from '#event-store'
import { Metrics } from '../metrics/metrics'
import { exportPoolMetrics, sumOfPools } from '../metrics/pool'
import { exportSecretMetrics } from '../metrics/secrets'
import { openTracing } from '../tracing/open-tracing'
import type { Clock } from './clock'
import { openClock } from './clock'
import type { Journal } from './journal'
import { nestJournal } from './journal'
import type { DatabaseAccess } from './prepare-database'
import { prepareDatabase, roleWarning } from './prepare-database'
import type { Runtime } from './runtime'
import { runtimeOn } from './runtime'
import type { WatchSettings } from './watch.settings'

export interface RuntimeOptions extends DatabaseAccess {
  readonly app: string
  /** Master keys; the first seals. */
  readonly keys: readonly Buffer[]
  /** The number of connections to the database. */
  readonly pool: number
  /** How long a statement may take, ms. */
  readonly statementTimeoutMs?: number
  /** The migrations of the libraries beside `event-store` and `access`. */
  readonly migrations: readonly (new () => object)[]
  /** Whether the process waits for notifications of the database. */
  readonly wakeUps?: boolean
  /** The address of a clock to follow, or a clock; absent: the machine's. */
  readonly clock?: string | Clock | undefined
  /** Absent: no metrics and no traces. */
  readonly watch?: WatchSettings | undefined
  readonly directory?: (database: DataSource, vault: Vault, options: DirectoryOptions) => Directory
  /** Other connections of this process, counted with its own in the metrics. */
  readonly alsoCounted?: readonly DataSource[]
  /** Receives lines for the operator: tables were changed, keys should be moved. */
  readonly report: (line: string) => void
}

export interface OpenRuntime extends Runtime {
  /** Closes everything in the reverse order of opening. Nothing of the runtime may be used afterwards. */
  close(): Promise<void>
}

/**
 * Opens what every process has: the database, brought up to date and checked against the keys, the clock, metrics and
 * traces. @throws what `startupErrorMessage` explains; what was opened until then is closed
 */
export async function openRuntime(options: RuntimeOptions): Promise<OpenRuntime> {
  const { app, watch, report } = options
  const closeSteps: (() => unknown)[] = []
  let isClosing = false
  const close = async (): Promise<void> => {
    isClosing = true
    for (const closeStep of closeSteps.splice(0).reverse()) await closeStep()
  }
  const journal = nestJournal(app)
  try {
    const tracing = watch === undefined ? undefined : await openTracing(app, watch)
    closeSteps.push(() => tracing?.stop())
    const vault = openVault(options.keys)
    const migrations = [...EVENT_STORE_MIGRATIONS, ...ACCESS_MIGRATIONS, ...options.migrations]
    const url = await prepareDatabase(options, migrations, vault, report)
    const database = await openPool(options, url, migrations, {
      ...journal,
      // A database that is stopped at the same time breaks connections that are being closed: that is no news.
      warn: (what, error) => (isClosing ? undefined : journal.warn(what, error)),
    })
    closeSteps.push(() => database.destroy())
    await verifyKeys(database, vault)
    const warning = options.role && (await roleWarning(database))
    if (warning !== undefined) report(warning)
    const wakeUps = new WakeUps(url)
    if (options.wakeUps === true) await wakeUps.start()
    closeSteps.push(() => wakeUps.stop())
    const { clock, stop } =
      typeof options.clock === 'function'
        ? { clock: options.clock, stop: () => undefined }
        : await openClock(options.clock)
    closeSteps.push(stop)
    const metrics = watch && new Metrics(app)
    // The console may read only the organisation that a request is for.
    const perTenant = options.role === 'console'
    const openDirectory = options.directory ?? ((...from) => new Directory(...from))
    const directory = openDirectory(database, vault, { perTenant })
    const runtime = runtimeOn({
      ...{ app, database, vault, clock, journal, wakeUps, metrics, tracing },
      directory,
    })
    if (metrics !== undefined) {
      exportPoolMetrics(metrics, () => sumOfPools([database, ...(options.alsoCounted ?? [])].map(readPoolUsage)))
      exportSecretMetrics(metrics, () => runtime.keys.counts())
    }
    return { ...runtime, close }
  } catch (error) {
    await close()
    throw error
  }
}

const openPool = (
  { pool, statementTimeoutMs }: RuntimeOptions,
  url: string,
  migrations: readonly (new () => object)[],
  { warn }: Journal,
): Promise<DataSource> =>
  openDatabase({
    ...{ url, pool },
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
    migrations: [...migrations],
    onConnectionError: (error) => warn('database', error),
  })

import { masterKeysOf, readAllSettings } from '#access'
import type { Log } from '../logs/log'
import { onShutdownSignal } from '../health/shutdown-signal'
import { serveMetrics } from '../metrics/serve-metrics'
import type { OpenRuntime, RuntimeOptions } from './open-runtime'
import { openRuntime } from './open-runtime'
import { RuntimeSettings } from './runtime.settings'
import { setUpLogging } from './set-up-logging'
import { startupErrorMessage } from './startup-error'

/** What `start` of a process returns: how it is stopped. */
export interface StartedProcess {
  /** Finishes work that has begun; called before `close`, while requests are still answered. */
  drain?(): Promise<void>
  close(): Promise<unknown>
}

export interface ProcessOptions<S> extends Pick<
  RuntimeOptions,
  'app' | 'role' | 'migrations' | 'tables' | 'statementTimeoutMs' | 'wakeUps'
> {
  /** The settings of this process beside `RuntimeSettings`. */
  readonly settings: new () => S
  /** The number of connections to the database. */
  pool(settings: S): number
  start(runtime: OpenRuntime, settings: S, log: Log): Promise<StartedProcess>
}

/** Runs a process: settings, log, runtime, the process itself, metrics; in the reverse order at SIGINT or SIGTERM. */
export async function bootstrap<S extends object>(options: ProcessOptions<S>): Promise<void> {
  try {
    await runProcess(options)
  } catch (error) {
    console.error(startupErrorMessage(error))
    process.exit(1)
  }
}

async function runProcess<S extends object>(options: ProcessOptions<S>): Promise<void> {
  const { app, pool, start, settings: settingsClass, ...runtimeOptions } = options
  const [runtimeSettings, settings] = readAllSettings([RuntimeSettings, settingsClass], process.env)
  const log = setUpLogging(app, runtimeSettings.LOG_FORMAT)
  const runtime = await openRuntime({
    ...runtimeOptions,
    app,
    databaseUrl: runtimeSettings.DATABASE_URL,
    ownerUrl: runtimeSettings.DATABASE_OWNER_URL,
    rolePrefix: runtimeSettings.DATABASE_ROLES,
    keys: masterKeysOf(runtimeSettings),
    pool: pool(settings),
    clock: runtimeSettings.SHOUHOU_CLOCK,
    watch: runtimeSettings,
    report: (line) => log.write('info', app, line),
  })
  const started = await start(runtime, settings, log)
  const metrics = runtime.metrics && (await serveMetrics(runtime.metrics, runtimeSettings))
  if (metrics !== undefined) log.write('info', app, `${app}: metrics at ${metrics.url}/metrics`)
  onShutdownSignal({
    log: (line) => log.write('warn', app, line),
    stop: async () => {
      runtime.readiness.drain()
      await started.drain?.()
      await started.close()
      await runtime.close()
      await metrics?.close()
    },
  })
}

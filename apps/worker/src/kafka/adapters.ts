import type { DataSource } from 'typeorm'
import type { Clock, Journal, LineUp, AdapterReport, Sealing, Stores } from '#case-handling'
import { ReportRefused, ReportIntake } from '#case-handling'
import type { AdapterPublisher } from '#connectors'
import { adapterIn, outside } from '#connectors'
import type { Brokers, CloudEvent } from '#messaging'
import { AdapterDispatcher, PoisonMessage, EventConsumer, SIGNATURE_HEADER } from '#messaging'
import type { KafkaSettings } from './kafka.settings'

/** Sends actions to external adapters, and consumes their reports. */
export interface Adapters {
  readonly adapterPublisher: AdapterPublisher
  /** Consumes reports until stopped. Rejects when the brokers cannot be reached. */
  consumeReports(signal: AbortSignal): Promise<void>
  /** How many messages wait for us at the brokers, as last reported. */
  lag(): number
  /** How many records could be stored neither as messages nor as dead letters since the process started. */
  lost(): number
  close(): Promise<void>
}

interface AdapterParts {
  readonly database: DataSource
  readonly lineUp: LineUp
  readonly stores: Stores
  readonly sealing: Sealing
  readonly clock: Clock
  readonly journal: Journal
}

/** `undefined` if no brokers are set: then there are no external adapters. */
export function createAdapters(
  settings: KafkaSettings,
  brokers: Brokers | undefined,
  parts: AdapterParts,
): Adapters | undefined {
  if (brokers === undefined) return undefined
  const { ADAPTER_ANSWER_SECONDS: seconds } = settings
  const { database, lineUp, stores, sealing, clock, journal } = parts
  const dispatcher = new AdapterDispatcher(brokers)
  const reports = new ReportIntake(lineUp, stores, sealing, clock)
  let runningConsumer: EventConsumer | undefined
  let lostBefore = 0
  return {
    adapterPublisher: {
      answerMs: seconds * 1_000,
      async publish(message) {
        const app = await stores.app(outside.marketplace, message.adapter)
        return app === undefined ? 'unsendable' : dispatcher.dispatch({ ...message, org: app.org })
      },
    },
    async consumeReports(signal) {
      const consumer = new EventConsumer({
        database,
        brokers,
        name: `${brokers.prefix}reports`,
        topics: ['reports'],
        consume: (manager, events) => reports.storeReports(manager, events.map(toReport)).catch(throwAsPoison),
        onTrouble: (what, error) => journal.warn(what, error),
      })
      runningConsumer = consumer
      try {
        await consumer.start()
        await waitForAbort(signal)
      } finally {
        await consumer.stop()
        runningConsumer = undefined
        lostBefore += consumer.counters.lost
      }
    },
    lag: () => runningConsumer?.lag() ?? 0,
    lost: () => lostBefore + (runningConsumer?.counters.lost ?? 0),
    close: () => dispatcher.close(),
  }
}

/** The report as received; its bytes are what the signature covers. */
function toReport({ id, type, source, signed }: CloudEvent): AdapterReport {
  const headers = { ce_id: id, ce_type: type, ce_source: source, [SIGNATURE_HEADER]: signed?.signature }
  return {
    marketplace: outside.marketplace,
    appKey: adapterIn(source) ?? '',
    delivery: { headers, body: signed?.bytes ?? Buffer.alloc(0) },
  }
}

function throwAsPoison(error: unknown): never {
  throw error instanceof ReportRefused ? new PoisonMessage(error.reason) : error
}

const waitForAbort = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  )

import type { DataSource } from 'typeorm'
import type { Clock, Journal, LineUp, Report, Sealing, Stores } from '#case-handling'
import { ReportRefused, ReportIntake } from '#case-handling'
import type { AdapterPublisher } from '#connectors'
import { adapterIn, outside } from '#connectors'
import type { Brokers, CloudEvent } from '#messaging'
import { AdapterDispatcher, PoisonMessage, EventConsumer, SIGNATURE_HEADER } from '#messaging'
import type { KafkaSettings } from './kafka.settings'

/** Sends actions to external adapters, and consumes their reports. */
export interface Adapters {
  readonly adapterPublisher: AdapterPublisher
  /** Until stopped. Rejects when the brokers cannot be reached. */
  hear(signal: AbortSignal): Promise<void>
  /** Messages that wait at the brokers for us, as far as is known. */
  lag(): number
  /** Records that could neither be taken nor kept as dead letters, since the process started. */
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

/** `undefined` where no brokers are set: there are no external adapters. */
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
  let hearing: EventConsumer | undefined
  let lostBefore = 0
  return {
    adapterPublisher: {
      answerMs: seconds * 1_000,
      async publish(message) {
        const app = await stores.app(outside.marketplace, message.adapter)
        return app === undefined ? 'unsendable' : dispatcher.dispatch({ ...message, org: app.org })
      },
    },
    async hear(signal) {
      const consumer = new EventConsumer({
        database,
        brokers,
        name: `${brokers.prefix}reports`,
        topics: ['reports'],
        consume: (manager, events) => reports.storeReports(manager, events.map(reportOf)).catch(refusedFor),
        onTrouble: (what, error) => journal.warn(what, error),
      })
      hearing = consumer
      try {
        await consumer.start()
        await stopped(signal)
      } finally {
        await consumer.stop()
        hearing = undefined
        lostBefore += consumer.counters.lost
      }
    },
    lag: () => hearing?.lag() ?? 0,
    lost: () => lostBefore + (hearing?.counters.lost ?? 0),
    close: () => dispatcher.close(),
  }
}

/** A message as it came, to be judged by its bytes. */
function reportOf({ id, type, source, signed }: CloudEvent): Report {
  const headers = { ce_id: id, ce_type: type, ce_source: source, [SIGNATURE_HEADER]: signed?.signature }
  return {
    marketplace: outside.marketplace,
    appKey: adapterIn(source) ?? '',
    delivery: { headers, body: signed?.bytes ?? Buffer.alloc(0) },
  }
}

function refusedFor(error: unknown): never {
  throw error instanceof ReportRefused ? new PoisonMessage(error.reason) : error
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  )

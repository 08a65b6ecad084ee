import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Chance } from '../../../apps/simulator/src/random'
import type { AfterSaleCase } from '#after-sale'
import { migrate, openDatabase } from '#event-store'
import { MESSAGING_MIGRATIONS, deadLetters, snapshotEventOf } from '#messaging'
import { startEmbeddedPostgres } from '../../../apps/standalone/src/postgres'
import { openTestKafka } from '../../kafka/test-kafka'
import { groupByKey } from '../../kafka/kafka-deployment'
import { differencesOf } from '../../support/queue-agreement'
import { ALL_MIGRATIONS } from '../../support/stack'
import { canonicalJson } from '../../processes/canonical-json'
import { waitUntil } from '../../processes/wait-until'
import { type Fault, type KafkaScene as FaultScene, causeFault, countEvents } from './kafka-faults'
import { outsideConsumer } from './outside-consumer'
import { USUAL_FAULTS, openProcessDeployment } from '../../processes/process-deployment'
import { freePort } from '../../processes/real-process'

export interface KafkaRunOptions {
  readonly seed: string
  /** How long the broker is down when it is stopped, ms. */
  readonly brokerAwayMs: number
  /** How often a worker is killed and another added. */
  readonly workersKilled: number
  /** Applications per second during the run. */
  readonly rate: number
  /** Faults to leave out where time is short. */
  readonly without?: readonly Fault[]
  readonly log?: (line: string) => void
}

export interface KafkaRunReport {
  readonly seed: string
  readonly cases: number
  readonly events: number
  readonly faults: readonly string[]
  readonly tookMs: number
  /** Empty if the outside consumer knows every case as its marketplace shows it, and received every event once, in order. */
  readonly wrong: readonly string[]
}

interface Scene extends FaultScene {
  readonly options: KafkaRunOptions
}

/**
 * The whole way from the marketplaces to an outside Kafka consumer, while every process on it is stopped, killed or
 * suspended, in an order drawn from the seed.
 */
export async function kafkaRun(options: KafkaRunOptions): Promise<KafkaRunReport> {
  const startedAt = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-kafka-run-'))
  let server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), port: await freePort() })
  const kafka = await openTestKafka()
  await createTables(server.url)
  const settings = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_PREFIX: kafka.prefix }
  const deployment = await openProcessDeployment(server.url, options.seed, USUAL_FAULTS, 0.9, settings)
  const consumer = outsideConsumer(kafka.brokers, kafka.prefix, join(folder, 'received.ndjson'))
  const scene: Scene = {
    ...{
      options,
      deployment,
      kafka,
      consumer,
      workers: [deployment.addWorker()],
      draw: new Chance(options.seed).draw('faults'),
      poisons: 0,
    },
    server: {
      async restart() {
        await server[scene.draw.chance(0.5) ? 'kill' : 'stop']()
        server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), port: server.port })
      },
    },
  }
  const faults: string[] = []
  let trading = true
  const trade = tradeWhile(scene, () => trading)
  try {
    consumer.start()
    // A worker that loses its database while it starts exits, so that its supervisor restarts it. Here nothing does.
    await Promise.all(scene.workers.map((worker) => worker.startedIn))
    await waitUntil('the outside consumer receives the first events', () => consumer.received().size > 0, 60_000)
    for (const fault of drawFaults(scene)) {
      await causeFault(fault, scene)
      faults.push(fault)
      options.log?.(`${fault}; ${deployment.simulator.world.size} cases so far`)
    }
    trading = false
    await trade
    options.log?.('comparing with the marketplaces')
    const databaseProblems = await deployment.findProblems()
    options.log?.('queue compared; comparing what the consumer received')
    const wrong = [...databaseProblems, ...(await findConsumerDifferences(scene))]
    const [row] = await deployment.database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outgoing')
    const outputs =
      wrong.length === 0 ? [] : [...scene.workers, deployment.now.worker].map((worker) => worker.output().slice(-1_000))
    return {
      seed: options.seed,
      cases: deployment.simulator.world.size,
      events: row?.n ?? 0,
      faults,
      tookMs: Math.round(performance.now() - startedAt),
      wrong: [...wrong, ...outputs],
    }
  } finally {
    trading = false
    await trade.catch(() => undefined)
    await consumer.kill()
    await deployment.close()
    await kafka.close()
    await server.stop()
    for (const folderToRemove of [folder, dirname(server.dataFolder)])
      rmSync(folderToRemove, { recursive: true, force: true })
  }
}

async function createTables(url: string): Promise<void> {
  const database = await openDatabase({ url, pool: 2, migrations: [...ALL_MIGRATIONS, ...MESSAGING_MIGRATIONS] })
  await migrate(database)
  await database.destroy()
}

/** Buyers apply, except while many messages are undelivered. */
async function tradeWhile({ deployment, options: { rate } }: Scene, isTrading: () => boolean): Promise<void> {
  const { douyin, pinduoduo } = deployment.simulator
  for (; isTrading(); await pause(100))
    if (douyin.pushes.backlog + pinduoduo.messages.backlog < 300)
      deployment.trade(Math.max(1, Math.round(rate / 10)), 2_000)
}

/** Every kind of fault once, that of workers `workersKilled` times, in an order drawn from the seed. */
function drawFaults({ options, draw, kafka }: Scene): Fault[] {
  const ofBroker: Fault[] = kafka.own ? ['broker stopped', 'broker killed'] : []
  const others: Fault[] = [
    'consumer killed over its work',
    'consumer killed',
    'poison',
    'PostgreSQL restarted',
    'worker stood still past its lease',
  ]
  const all = [
    ...ofBroker,
    ...others,
    ...Array.from({ length: options.workersKilled }, (): Fault => 'worker killed, another added'),
  ]
  const expectedEvents = all.filter((fault) => !(options.without ?? []).includes(fault))
  return expectedEvents
    .map((fault) => ({ fault, at: draw.between(0, 1_000_000) }))
    .sort((a, b) => a.at - b.at)
    .map(({ fault }) => fault)
}

/** Fields that differ. `version` is ignored: events that are not published, such as that a case was read, raise it, too. */
function findOutdatedFields(databaseProblems: object, outside: object | undefined): string[] {
  const [a, b] = [databaseProblems, outside ?? {}] as Record<string, unknown>[]
  return Object.keys({ ...a, ...b }).filter(
    (field) => field !== 'version' && canonicalJson(a?.[field]) !== canonicalJson(b?.[field]),
  )
}

async function findConsumerDifferences({ deployment, consumer, poisons }: Scene): Promise<string[]> {
  const rows = await deployment.database.query<{ stream: string; id: string }[]>(
    `SELECT stream, stream || '/' || version || '/' || type AS id FROM outgoing WHERE body->>'buyer' IS NULL ORDER BY stream, version`,
  )
  const storedCases =
    await deployment.database.query<{ id: string; state: AfterSaleCase }[]>('SELECT id, state FROM stream')
  const expectedEvents = groupByKey(rows.map(({ stream, id }) => [stream, id]))
  const outdated = (): string[] => {
    const consumedCases = consumer.cases()
    return storedCases.flatMap(({ id, state }) => {
      const fields = findOutdatedFields(snapshotEventOf(1, id, state, 0).data as object, consumedCases.get(id))
      return fields.length === 0 ? [] : [`${id}: the outside consumer has old values of ${fields.join(', ')}`]
    })
  }
  await waitUntil(
    'everything is published',
    () => countEvents(consumer.received()) >= rows.length && outdated().length === 0,
    60_000,
  ).catch(() => undefined)
  const received = consumer.received()
  const wrong = [...expectedEvents].flatMap(([stream, ids]) =>
    received.get(stream)?.join() === ids.join()
      ? []
      : [`${stream}: ${ids.length} events, received: ${received.get(stream)?.join(' ')}`],
  )
  if (countEvents(received) !== rows.length) wrong.push(`${rows.length} events, ${countEvents(received)} received`)
  wrong.push(...outdated())
  if (consumer.unreadable() !== poisons) wrong.push(`${consumer.unreadable()} unreadable outside, ${poisons} poisons`)
  const publisherDeadLetters = await deadLetters(deployment.database, { consumer: 'publisher' })
  if (publisherDeadLetters.length !== poisons)
    wrong.push(`${publisherDeadLetters.length} dead letters of the publisher, ${poisons} poisons`)
  return [
    ...wrong.slice(0, 20),
    ...differencesOf(deployment.simulator, [...consumer.cases().values()])
      .slice(0, 20)
      .map((line) => `outside: ${line}`),
  ]
}

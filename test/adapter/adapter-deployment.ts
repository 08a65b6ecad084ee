import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Producer } from 'kafkajs'
import type { DataSource } from 'typeorm'
import { Directory, confirmationSigningOf, openVault, register, messageSealingOf } from '#access'
import type { Action, AfterSaleCase, Intent } from '#after-sale'
import { defaultStoreTerms } from '#after-sale'
import type { ActionRequestOutcome, ReplayReport } from '#case-handling'
import {
  ActOnCases,
  ActOnCasesHandler,
  ActionOrders,
  CaseWriter,
  Confirmations,
  MessageInterpreter,
  replay,
  wayOf,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { migrate, openDatabase } from '#event-store'
import { Brokers } from '#messaging'
import { projections } from '#read-models'
import { waitUntil } from '../processes/wait-until'
import { startProcess, startWorker } from '../processes/real-process'
import type { RealProcess } from '../processes/real-process'
import type { TestKafka } from '../kafka/test-kafka'
import { openTestKafka } from '../kafka/test-kafka'
import { readTopic } from '../kafka/read-topic'
import type { TopicMessage } from '../kafka/read-topic'
import { freshDatabase } from '../postgres/database'
import { TEST_KEY } from '../support/in-process-deployment'
import { ALL_MIGRATIONS } from '../support/stack'
import type { SmallMarketplace } from './small-marketplace'
import { openSmallMarketplace } from './small-marketplace'

export const ADAPTER = { name: 'bridge', secret: 'a-secret-of-the-bridge', shop: 'shop-1' }
/** The adapter of another organisation. */
export const OTHER_ADAPTER = { name: 'stranger', secret: 'a-secret-of-the-stranger', shop: 'shop-9' }
export const ANSWER_SECONDS = 4

/** A marketplace, its adapter, Kafka, a database, and workers that have no connector for the marketplace. */
export interface AdapterDeployment {
  readonly database: DataSource
  readonly marketplace: SmallMarketplace
  readonly kafka: TestKafka
  worker(env?: Readonly<Record<string, string>>): Promise<RealProcess>
  adapter(): Promise<RealProcess>
  /** A person decides on an action, by the current state of the case. */
  decide(caseNumber: string, action?: Action): Promise<ActionRequestOutcome>
  caseOf(caseNumber: string): Promise<{ readonly id: string; readonly state: AfterSaleCase } | undefined>
  untilKnown(caseNumber: string): Promise<AfterSaleCase>
  untilIntent(caseNumber: string, states: readonly Intent['state'][]): Promise<Intent>
  /** Messages of the topic `actions` for a case, in order. */
  actionMessages(caseNumber: string, type?: string): Promise<TopicMessage[]>
  /** Sends records to a topic, as any client could. */
  send(topic: string, ...messages: readonly SentRecord[]): Promise<void>
  /** Replays all raw messages with the current code and compares the result with the recorded cases. */
  replayAll(): Promise<ReplayReport>
  close(): Promise<void>
}

/** A Kafka record as a test sends it. */
export interface SentRecord {
  readonly key: string
  readonly value: string
  readonly headers: Readonly<Record<string, string>>
}

/** A report in a CloudEvent, signed by an adapter. */
export function signedReport(
  type: string,
  data: object,
  { name, secret } = ADAPTER,
  id: string = randomUUID(),
): SentRecord {
  const value = JSON.stringify(data)
  const signature = createHmac('sha256', secret).update(`${id}\n${type}\n${value}`).digest('hex')
  const cloudEventHeaders = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: `/shouhou/adapters/${name}`,
    ce_time: new Date().toISOString(),
  }
  return { key: 'any', value, headers: { ...cloudEventHeaders, shouhou_signature: signature } }
}

const appRegistration = ({ name, secret, shop }: typeof ADAPTER) => ({
  ...{ marketplace: 'outside', appKey: name, appSecret: secret, endpoints: {} },
  stores: [{ shop, name: '外接小店', accessToken: '', refreshToken: '' }],
})

export async function openAdapterDeployment(): Promise<AdapterDeployment> {
  const fresh = await freshDatabase()
  const vault = openVault(TEST_KEY)
  const database = await openDatabase({ url: fresh.url, pool: 4, migrations: ALL_MIGRATIONS })
  await migrate(database)
  const org = await register(database, vault, { slug: 'test', name: 'Test' }, [appRegistration(ADAPTER)])
  await register(database, vault, { slug: 'other', name: 'Other' }, [appRegistration(OTHER_ADAPTER)])
  const directory = new Directory(database, vault)
  const marketplace = await openSmallMarketplace()
  const kafka = await openTestKafka()
  const brokers = new Brokers({ brokers: kafka.brokers, prefix: kafka.prefix })
  await brokers.createTopics()
  const producer: Producer = await brokers.producer()
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-adapter-'))
  const journal = { info: () => undefined, warn: () => undefined }
  const orders = new ActionOrders(messageSealingOf(vault))
  const writer = new CaseWriter(projections, undefined, undefined, orders)
  const acting = new ActOnCasesHandler(
    database,
    writer,
    () => Promise.resolve(() => defaultStoreTerms),
    wayOf(MARKETPLACES),
    Date.now,
    journal,
    orders,
    new Confirmations(confirmationSigningOf(vault)),
  )
  const started: RealProcess[] = []
  const waitUntilStarted = async (process: RealProcess): Promise<RealProcess> => {
    started.push(process)
    await process.startedIn
    return process
  }
  const kafkaSettings = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_PREFIX: kafka.prefix }
  const caseOf: AdapterDeployment['caseOf'] = async (caseNumber) =>
    (
      await database.query<{ id: string; state: AfterSaleCase }[]>(
        `SELECT id, state FROM stream WHERE state->>'caseNumber' = $1`,
        [caseNumber],
      )
    )[0]
  return {
    database,
    marketplace,
    kafka,
    caseOf,
    worker: (env) =>
      waitUntilStarted(
        startWorker({
          ...kafkaSettings,
          DATABASE_URL: fresh.url,
          SHOUHOU_KEY: TEST_KEY.toString('base64'),
          ADAPTER_ANSWER_SECONDS: String(ANSWER_SECONDS),
          ...env,
        }),
      ),
    adapter() {
      const { name: ADAPTER_NAME, secret: ADAPTER_SECRET, shop: SHOP } = ADAPTER
      const env = {
        ...kafkaSettings,
        ADAPTER_NAME,
        ADAPTER_SECRET,
        SHOP,
        MARKETPLACE_URL: marketplace.url,
        BOOK: join(folder, 'book'),
      }
      return waitUntilStarted(startProcess('adapter', env, (output) => Promise.resolve(output.includes('at work'))))
    },
    async decide(caseNumber, action = { name: 'approve-refund' }) {
      const found = await caseOf(caseNumber)
      if (found === undefined) throw new Error(`no case ${caseNumber}`)
      const request = {
        caseId: found.id,
        intent: randomUUID(),
        action,
        judged: found.state.lastSeen?.revision ?? 0,
        facts: { groupFormed: true },
      }
      const [outcome] = await acting.execute(new ActOnCases(org, { kind: 'person', id: 'lin' }, [request]))
      if (outcome === undefined) throw new Error('no outcome')
      return outcome
    },
    async untilKnown(caseNumber) {
      await waitUntil(`case ${caseNumber} is known`, async () => (await caseOf(caseNumber)) !== undefined)
      return (await caseOf(caseNumber))?.state as AfterSaleCase
    },
    async untilIntent(caseNumber, states) {
      let currentIntent: Intent | undefined
      const hasWantedState = async (): Promise<boolean> => (
        (currentIntent = (await caseOf(caseNumber))?.state.intents?.at(-1)),
        currentIntent !== undefined && states.includes(currentIntent.state)
      )
      await waitUntil(`the action on ${caseNumber} is ${states.join(' or ')}`, hasWantedState, 30_000).catch(
        (error: Error) => {
          throw new Error(
            `${error.message}; it is ${currentIntent?.state}\n${started.map((process) => process.output().slice(-1_500)).join('\n--\n')}`,
          )
        },
      )
      return currentIntent as Intent
    },
    async actionMessages(caseNumber, type = 'act.v1') {
      const seen = await readTopic(kafka.brokers, `${kafka.prefix}actions`)
      return seen.filter(
        ({ headers, value }) =>
          headers['ce_type'] === type && (JSON.parse(value) as { caseNumber?: string }).caseNumber === caseNumber,
      )
    },
    send: async (topic, ...messages) =>
      void (await producer.send({
        topic: `${kafka.prefix}${topic}`,
        acks: -1,
        messages: messages.map((message) => ({ ...message, headers: { ...message.headers } })),
      })),
    replayAll: () =>
      replay(
        { record: database, interpreter: new MessageInterpreter(MARKETPLACES, directory, messageSealingOf(vault)) },
        { from: 0, to: Date.now() + 1 },
      ),
    async close() {
      await Promise.all(started.filter((process) => !process.ended()).map((process) => process.kill()))
      await producer.disconnect()
      await kafka.close()
      await marketplace.close()
      await database.destroy()
      await fresh.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

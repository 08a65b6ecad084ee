import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { DataSource } from 'typeorm'
import type { Identity, Store } from '#access'
import {
  ACCESS_MIGRATIONS,
  Directory,
  evidenceSealingOf,
  openIdentity,
  openVault,
  register,
  messageSealingOf,
} from '#access'
import type { Facets } from '#after-sale'
import type { EvidenceStore } from '#case-handling'
import {
  ActionOrders,
  CaseWriter,
  StrategyJudge,
  ReceiveMessages,
  ReceiveMessagesHandler,
  StrategiesInForce,
  MessageInterpreter,
  caseIdOf,
  createEvidenceStore,
  folderBlobStore,
  wayOf,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import {
  WakeUps,
  EVENT_STORE_MIGRATIONS,
  acceptMessages,
  hashMessageKey,
  openDatabase,
  databaseUrlAs,
  roleName,
} from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { READ_MODEL_MIGRATIONS, projections } from '#read-models'
import { TEAMWORK_MIGRATIONS } from '#teamwork'
import { runtimeOn } from '#runtime'
import { freshDatabase } from '../../../test/postgres/database'
import { TEST_ROLES } from '../../../test/postgres/test-roles'
import { buildConsole } from '../src/serve'
import { apiDocument } from './api-document'
import { Contract, checkAnswers } from './contract'
import { OperatorRequests } from './operator-requests'
import { registeredApp } from './registered-app'
import { withSession } from './session-requests'
import { SignedIn } from './signed-in'

export const NOON = Date.UTC(2026, 10, 22, 4)
export const HOUR = 3_600_000

/**
 * The console on a database of its own, with one organisation of two stores and a neighbour that must never be seen. Every
 * answer is compared with what `/openapi.json` declares, so that each spec is a test of the contract, too.
 */
export interface Stack {
  readonly app: NestFastifyApplication
  /** The same, as an operator uses it. */
  readonly operator: OperatorRequests
  readonly identity: Identity
  /** Logs people of our organisation in; requests without a login are the owner's. */
  readonly signedIn: SignedIn
  /** The same for the other organisation. */
  readonly neighbour: SignedIn
  readonly database: DataSource
  readonly evidence: EvidenceStore
  readonly url: string
  /** Operations that were answered 2xx, e.g. `GET /api/cases/{id}`. */
  readonly answered: ReadonlySet<string>
  readonly ours: { readonly org: number; readonly stores: readonly [Store, Store] }
  readonly theirs: { readonly org: number; readonly store: Store }
  now: number
  /** Stores a message as it would have arrived; answers its id. */
  message(store: Store, channel: string, raw: string): Promise<number>
  /** What the worker does with what waits. */
  work(): Promise<number>
  /** One report of a case, written as the worker writes it; answers the case's id. */
  recordReport(store: Store, caseNumber: string, facets: Partial<Facets>, more?: ReportOptions): Promise<string>
  /** @param caseId the case that it is sealed for; needed where it is opened again */
  seal(name: string, phone: string, caseId?: string): NonNullable<Facets['buyer']>
  /** As if the time that stores are remembered for were over. */
  forgetStores(): void
  get(url: string, headers?: Record<string, string>): Promise<Answer>
  close(): Promise<void>
}

interface ReportOptions {
  readonly at?: number
  readonly appliedAt?: number
  readonly messageId?: number
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
}

/** @param pageFolder a page of the test's own */
export async function openStack(pageFolder?: string): Promise<Stack> {
  const fresh = await freshDatabase()
  const migrations = [
    ...EVENT_STORE_MIGRATIONS,
    ...LEDGER_MIGRATIONS,
    ...ACCESS_MIGRATIONS,
    ...READ_MODEL_MIGRATIONS,
    ...TEAMWORK_MIGRATIONS,
  ]
  const database = await openDatabase({ url: fresh.url, pool: 6, migrations })
  const vault = openVault(Buffer.alloc(32, 7))
  const [first, second] = MARKETPLACES.map(({ marketplace }) => marketplace)
  const theirOrg = await register(database, vault, { slug: 'theirs', name: 'Theirs' }, [
    registeredApp(first ?? '', ['900'], 't'),
  ])
  const org = await register(database, vault, { slug: 'ours', name: 'Ours' }, [
    registeredApp(first ?? '', ['100'], 'o'),
    registeredApp(second ?? '', ['200'], 'o'),
  ])
  const directory = new Directory(database, vault)
  const { stores } = await directory.current()
  const [firstStore, secondStore] = stores.filter((store) => store.org === org)
  const theirStore = stores.find((store) => store.org === theirOrg)
  if (firstStore === undefined || secondStore === undefined || theirStore === undefined)
    throw new Error('not registered')
  const wakeUps = new WakeUps(fresh.url)
  await wakeUps.start()
  const clock = (): number => stack.now
  const evidenceFolder = await mkdtemp(join(tmpdir(), 'shouhou-evidence-'))
  const evidence = createEvidenceStore(folderBlobStore(evidenceFolder), evidenceSealingOf(vault))
  // What the console asks goes over its own role, as in a deployment; what a spec looks up, over the owner's.
  const consoleDatabase = await openDatabase({
    url: databaseUrlAs(fresh.url, roleName(TEST_ROLES, 'console')),
    pool: 6,
    migrations,
  })
  const consoleDirectory = new Directory(consoleDatabase, vault, { perTenant: true })
  const runtime = runtimeOn({
    ...{ app: 'console', database: consoleDatabase, vault, directory: consoleDirectory, wakeUps, clock },
  })
  const identity = openIdentity({ database: consoleDatabase, vault })
  const console = await buildConsole(runtime, { identity, evidence, pageFolder, insecureHosts: ['127.0.0.1'] })
  const signedIn = new SignedIn(identity, org)
  const neighbour = new SignedIn(identity, theirOrg, 'mei')
  const answered = new Set<string>()
  const contract = new Contract(await apiDocument(console))
  const app = checkAnswers(console, contract, answered, (headers) => withSession(headers, signedIn))
  const sealing = messageSealingOf(vault)
  const journal = { info: () => undefined, warn: () => undefined }
  const judging = new StrategyJudge(new StrategiesInForce(journal), wayOf(MARKETPLACES))
  const writer = new CaseWriter(projections, undefined, judging, new ActionOrders(sealing))
  const receive = new ReceiveMessagesHandler(
    database,
    new MessageInterpreter(MARKETPLACES, directory, sealing),
    writer,
    clock,
    journal,
  )
  // One counter for message keys and revisions: no two may be equal.
  let sequence = 0
  const stack: Stack = {
    app,
    operator: new OperatorRequests(app),
    identity,
    signedIn,
    neighbour,
    database,
    evidence,
    url: fresh.url,
    answered,
    ours: { org, stores: [firstStore, secondStore] },
    theirs: { org: theirOrg, store: theirStore },
    now: NOON,
    message: async (store, channel, raw) => {
      const key = `k${++sequence}`
      const digest = hashMessageKey(channel, key)
      await acceptMessages(database, [
        {
          org: store.org,
          app: store.app.id,
          store: store.id,
          channel,
          key,
          receivedAt: NOON,
          raw: sealing.sealMessage({ org: store.org, app: store.app.id, digest }, raw),
        },
      ])
      const [row] = await database.query<{ id: number }[]>('SELECT max(id) AS id FROM message')
      return row?.id ?? 0
    },
    work: () => receive.execute(new ReceiveMessages(100)),
    recordReport: async (store, caseNumber, facets, { at = NOON, appliedAt, messageId } = {}) => {
      const id = caseIdOf(store.org, store.id, caseNumber)
      const identity = {
        organisation: String(store.org),
        store: String(store.id),
        marketplace: store.marketplace,
        caseNumber,
      }
      const stamp = { revision: at + ++sequence, observedAt: at }
      const command = {
        type: 'RecordObservation',
        identity,
        stamp,
        ...(appliedAt === undefined ? {} : { appliedAt }),
        facets,
      } as const
      await database.transaction((manager) =>
        writer.write(manager, [{ id, org: store.org, store: store.id, messageId: messageId ?? null, command }], at),
      )
      return id
    },
    seal: (name, phone, caseId = 'a case of the test') => sealing.sealBuyer(org, caseId, { name, phone }),
    forgetStores: () => {
      directory.invalidate()
      consoleDirectory.invalidate()
    },
    get: async (url, headers = {}) => {
      const answer = await app.inject({ method: 'GET', url, headers: { host: '127.0.0.1', ...headers } })
      const type = String(answer.headers['content-type'])
      return { status: answer.statusCode, type, body: type.includes('json') ? answer.json() : {}, text: answer.payload }
    },
    close: async () => {
      await app.close()
      await wakeUps.stop()
      await consoleDatabase.destroy()
      await database.destroy()
      await fresh.drop()
      await rm(evidenceFolder, { recursive: true })
    },
  }
  return stack
}

/** Waits for the merchant, due at `due`, `total` fen at risk. */
export const waiting = (due: number, total: number): Partial<Facets> => ({
  status: { status: 'awaiting-merchant-decision', raw: 'W' },
  kind: { kind: 'refund-only' },
  amounts: { total, legs: { GOODS: total } },
  deadline: { due, forRaw: 'W' },
})

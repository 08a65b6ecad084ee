import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { Directory, openVault, register, messageSealingOf } from '#access'
import type { Journal } from '#case-handling'
import {
  ActionOrders,
  CaseWriter,
  FireDeadlines,
  FireDeadlinesHandler,
  Intake,
  StrategyJudge,
  ReceiveMessages,
  ReceiveMessagesHandler,
  StrategiesInForce,
  MessageInterpreter,
  isTransient,
  wayOf,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { MicroBatch, acceptMessages, databaseUrlAs, openPullCursor, openDatabase, withTenants } from '#event-store'
import { projections } from '#read-models'
import type { WirePush } from './pushes'
import { MORNING, APPLICATION_SPAN_MS } from './pushes'
import { ALL_MIGRATIONS } from './server'

export const APP = { appKey: '7000000000000000001', appSecret: 'a-secret-of-the-benchmark' }
export const MASTER_KEY = createHash('sha256').update('a key of the benchmark').digest()
export const SHOPS = Array.from({ length: 20 }, (_, i) => String(10_400_000 + i))

/** The time at which everything is processed: after the last message has arrived. */
export const EVENING = MORNING + 2 * APPLICATION_SPAN_MS

/** A worker's handlers on one database, composed as the worker process composes them, without its loops. */
export interface BenchWorker {
  readonly database: DataSource
  readonly org: number
  /** The shop's number at the marketplace → our store id. */
  readonly storeOf: ReadonlyMap<string, number>
  readonly troubles: readonly string[]
  /** Stores messages durably through the same intake as the gateway. */
  accept(pushes: readonly WirePush[]): Promise<void>
  receive(limit: number): Promise<number>
  fire(limit: number, now: number): Promise<number>
  close(): Promise<void>
}

/** Registers the benchmark's organisation with its app and stores on a migrated database. */
export async function registerStores(database: DataSource, vault: Vault, api = 'http://127.0.0.1:1'): Promise<number> {
  const stores = SHOPS.map((shop) => ({ shop, name: `店铺 ${shop}`, accessToken: 'access', refreshToken: 'refresh' }))
  const app = { marketplace: 'douyin', ...APP, endpoints: { api }, stores }
  return register(database, vault, { slug: 'benchmark', name: 'Benchmark' }, [app])
}

/** @param role the handlers' connections work as this role, for the benchmark's organisation */
export async function openWorker(url: string, role?: string): Promise<BenchWorker> {
  const vault = openVault(MASTER_KEY)
  const database = await openDatabase({ url, pool: 6, migrations: ALL_MIGRATIONS })
  const org = await registerStores(database, vault)
  const roleDatabase =
    role === undefined
      ? undefined
      : await openDatabase({ url: databaseUrlAs(url, role), pool: 6, migrations: ALL_MIGRATIONS })
  const stores = new Directory(database, vault)
  const storeOf = new Map((await stores.current()).stores.map((store) => [store.shop, store.id]))
  for (const store of storeOf.values()) await openPullCursor(database, { id: store, org }, MORNING, MORNING)
  const troubles: string[] = []
  const journal: Journal = {
    info: () => undefined,
    warn: (what, error) => void troubles.push(`${what}: ${String(error)}`),
  }
  const sealing = messageSealingOf(vault)
  const time = { now: EVENING }
  const clock = (): number => time.now
  const limits = { writers: 2, rows: 500, waiting: 50_000 }
  const intake = new Intake(new MicroBatch((items) => acceptMessages(database, items), limits), stores, sealing, clock)
  const judge = new StrategyJudge(new StrategiesInForce(journal), wayOf(MARKETPLACES))
  const writer = new CaseWriter(projections, undefined, judge, new ActionOrders(sealing))
  const receiving = new ReceiveMessagesHandler(
    roleDatabase ?? database,
    new MessageInterpreter(MARKETPLACES, stores, sealing),
    writer,
    clock,
    journal,
  )
  const firing = new FireDeadlinesHandler(database, writer, clock, journal)
  return {
    database,
    org,
    storeOf,
    troubles,
    async accept(pushes) {
      const app = (await stores.current()).apps[0]
      if (app === undefined) throw new Error('the app was not registered')
      for (let i = 0; i < pushes.length; i += 500) {
        const batch = pushes.slice(i, i + 500)
        time.now = batch[0]?.arrivesAt ?? EVENING
        await intake.storeMessages(
          app,
          batch.map(({ id, shop, text }) => ({ channel: 'push', key: id, shop, raw: text })),
        )
      }
      time.now = EVENING
    },
    receive: (limit) =>
      roleDatabase === undefined
        ? receiving.execute(new ReceiveMessages(limit))
        : withTenants([org], () => receiving.execute(new ReceiveMessages(limit))),
    fire(limit, now) {
      time.now = now
      return firing.execute(new FireDeadlines(limit))
    },
    async close() {
      await roleDatabase?.destroy()
      await database.destroy()
    },
  }
}

export const LANES = 2
export const BATCH = 500

/** The pause of a worker's loop after a transient error, ms. */
const PAUSE_MS = 100

/** Receives until nothing is pending, in as many concurrent batches as a worker has lanes. Returns the number of messages. */
export async function receiveAll(worker: BenchWorker, lanes = LANES): Promise<number> {
  const receiveInLane = async (): Promise<number> => {
    let total = 0
    for (;;) {
      const received = await worker.receive(BATCH).catch(async (error: unknown) => {
        if (!isTransient(error)) throw error
        await pause(PAUSE_MS)
      })
      if (received === 0 || worker.troubles.length > 0) return total
      total += received ?? 0
    }
  }
  const totals = await Promise.all(Array.from({ length: lanes }, receiveInLane))
  if (worker.troubles.length > 0) throw new Error(`the handlers had trouble: ${worker.troubles[0]}`)
  return totals.reduce((sum, n) => sum + n, 0)
}

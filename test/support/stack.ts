import { createHash, randomBytes } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { ACCESS_MIGRATIONS, Directory, openVault, register, messageSealingOf } from '#access'
import type { AfterSaleCase } from '#after-sale'
import type { Journal } from '#case-handling'
import {
  AcceptDelivery,
  AcceptDeliveryHandler,
  CaseWriter,
  FireDeadlines,
  FireDeadlinesHandler,
  Intake,
  ReceiveMessages,
  ReceiveMessagesHandler,
  MessageInterpreter,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import type { HttpAnswer } from '#connectors'
import type { Projection } from '#event-store'
import { EVENT_STORE_MIGRATIONS, MicroBatch, acceptMessages, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { READ_MODEL_MIGRATIONS, projections as allProjections } from '#read-models'
import { TEAMWORK_MIGRATIONS } from '#teamwork'

export const ALL_MIGRATIONS = [
  ...EVENT_STORE_MIGRATIONS,
  ...LEDGER_MIGRATIONS,
  ...ACCESS_MIGRATIONS,
  ...READ_MODEL_MIGRATIONS,
  ...TEAMWORK_MIGRATIONS,
]

export const DOUYIN_APP = { appKey: '7000000000000000001', appSecret: 'a-secret-of-the-test' }
export const SHOP = '10437917'

/** The real stack of one process on a database of its own, with a clock that the test moves. */
export interface Stack {
  readonly database: DataSource
  readonly org: number
  readonly store: number
  readonly troubles: string[]
  now: number
  /** Signs and delivers these pushes as one request. */
  push(...messages: readonly Push[]): Promise<HttpAnswer | 'unknown-app'>
  pushRaw(body: Buffer, headers?: Record<string, string>): Promise<HttpAnswer | 'unknown-app'>
  /** Receives batches until no message is pending; returns how many were processed. */
  receiveAll(batch?: number): Promise<number>
  /** Fires due deadlines, at most `limit`; returns how many were noticed. */
  fire(limit?: number): Promise<number>
  caseOf(caseNumber: string): Promise<AfterSaleCase | undefined>
  close(): Promise<void>
}

export interface Push {
  readonly tag: string
  readonly msg_id: string
  readonly data: string
}

/** Douyin's signature headers for this body and app. */
export const signedBy = (
  { appKey, appSecret }: { readonly appKey: string; readonly appSecret: string },
  body: Buffer,
): Record<string, string> => ({
  'app-id': appKey,
  'event-sign': createHash('md5').update(appKey).update(body).update(appSecret).digest('hex'),
})

/** The headers of the app that `openStack` registers. */
export const signed = (body: Buffer): Record<string, string> => signedBy(DOUYIN_APP, body)

/** Registers one Douyin app with one store on a migrated database and builds the handlers around it. */
export async function openStack(
  url: string,
  projections: readonly Projection<AfterSaleCase>[] = allProjections,
): Promise<Stack> {
  const vault = openVault(createHash('sha256').update('a key of the test').digest())
  const database = await openDatabase({ url, pool: 8, migrations: ALL_MIGRATIONS })
  await migrate(database)
  const org = await register(database, vault, { slug: 'test', name: 'Test' }, [
    {
      marketplace: 'douyin',
      ...DOUYIN_APP,
      // Nothing listens there: no spec of this stack calls the marketplace.
      endpoints: { api: 'http://127.0.0.1:1' },
      stores: [{ shop: SHOP, name: '测试小店', accessToken: 'access', refreshToken: 'refresh' }],
    },
  ])
  const stores = new Directory(database, vault)
  const [store] = (await stores.current()).stores
  const troubles: string[] = []
  const journal: Journal = {
    info: () => undefined,
    warn: (what, error) => void troubles.push(`${what}: ${String(error)}`),
  }
  const sealing = messageSealingOf(vault)
  const clock = (): number => stack.now
  const intake = new Intake(
    new MicroBatch((items) => acceptMessages(database, items), { writers: 2, rows: 500, waiting: 50_000 }),
    stores,
    sealing,
    clock,
  )
  const accepting = new AcceptDeliveryHandler(MARKETPLACES, stores, intake)
  const writer = new CaseWriter(projections)
  const interpreter = new MessageInterpreter(MARKETPLACES, stores, sealing)
  const receiving = new ReceiveMessagesHandler(database, interpreter, writer, clock, journal)
  const firing = new FireDeadlinesHandler(database, writer, clock, journal)
  const pushRaw: Stack['pushRaw'] = async (body, headers = signed(body)) => {
    const verdict = await accepting.execute(new AcceptDelivery('douyin', DOUYIN_APP.appKey, { headers, body }))
    return verdict.type === 'unknown-app' ? verdict.type : verdict.answer
  }
  const stack: Stack = {
    database,
    org,
    store: store?.id ?? 0,
    troubles,
    now: Date.parse('2026-11-11T04:00:00Z'),
    push: (...messages) => pushRaw(Buffer.from(JSON.stringify(messages))),
    pushRaw,
    async receiveAll(batch = 500) {
      let total = 0
      for (let n = -1; n !== 0; total += n) n = await receiving.execute(new ReceiveMessages(batch))
      return total
    },
    fire: (limit = 500) => firing.execute(new FireDeadlines(limit)),
    async caseOf(caseNumber) {
      const [row] = await database.query<{ state: AfterSaleCase }[]>(
        `SELECT state FROM stream WHERE state->>'caseNumber' = $1`,
        [caseNumber],
      )
      return row?.state
    },
    close: () => database.destroy(),
  }
  return stack
}

/** Douyin writes times in Beijing's zone, to the second. */
const beijingIsoOf = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().replace(/\.\d{3}Z$/, '+08:00')

/** A push of Douyin about one case, in its wire format: long ids are bare JSON numbers, beyond what a double can hold. */
export function refundPush(over: {
  tag?: string
  caseNumber: string
  status?: number
  type?: number
  fen?: number
  at: number
  shop?: string
  id?: string
}): Push {
  const { tag = '200', caseNumber, status = 6, type = 1, fen = 8900, at, shop = SHOP, id } = over
  const data = `{"aftersale_id":${caseNumber},"aftersale_status":${status},"aftersale_type":${type},"p_id":4835804142146756441,"s_id":4835804142146756441,"shop_id":${shop},"reason_code":1,"refund_amount":${fen},"refund_post_amount":0,"apply_time":${Math.floor(at / 1000)},"update_time":"${beijingIsoOf(at)}"}`
  return { tag, msg_id: id ?? `${caseNumber}:${tag}:${at}:${randomBytes(4).toString('hex')}`, data }
}

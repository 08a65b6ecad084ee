/** The organisation beside ours: with a row of nearly every kind, made by its own people, and a text in it that we must never see. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { saveDeadLetters, sourceOf } from '#messaging'
import { EVERY_ACCOUNT_WRITE } from '../../../apps/console/test/every-account-write'
import { EVERY_WRITE, TYPED } from '../../../apps/console/test/every-write'
import { OperatorRequests } from '../../../apps/console/test/operator-requests'
import { withSession } from '../../../apps/console/test/session-requests'
import { HOUR, NOON, waiting, type Stack } from '../../../apps/console/test/stack'
import { ALL_TABLES } from '../../postgres/migrations'

/** In case numbers and messages of the neighbour; `TYPED` is in everything that its people typed. */
export const CANARY = 'CANARY-OF-THE-NEIGHBOUR'
/** In cases of our second store, which people of the first must not see. */
export const SECOND_STORE_CANARY = 'CANARY-OF-THE-SECOND-STORE'
export const THEIR_TEXTS = [CANARY, TYPED, 'Shop 900', 'Theirs', 'The person mei']

/** The same stack as the neighbour's people see it: its store in the place of both of ours, its owner as the default. */
function asNeighbour(stack: Stack): Stack {
  const raw = stack.app.getHttpAdapter().getInstance()
  const inject = async (asked: { readonly headers?: Record<string, string> }): Promise<unknown> =>
    raw.inject({ ...asked, headers: await withSession(asked.headers ?? {}, stack.neighbour) } as never)
  const app = new Proxy(stack.app, {
    get: (target, key) => (key === 'inject' ? inject : (Reflect.get(target, key) as unknown)),
  }) as NestFastifyApplication
  const { org, store } = stack.theirs
  return {
    ...stack,
    app,
    operator: new OperatorRequests(app),
    signedIn: stack.neighbour,
    ours: { org, stores: [store, store] },
    get: async (url) => {
      const { status, body } = await new OperatorRequests(app).get(url)
      return { status, body, type: '', text: JSON.stringify(body) }
    },
  }
}

/** Numbers of rows that are made from here on begin with this: none is another row's of ours by chance. */
async function numberFrom({ database }: Stack, first: number): Promise<void> {
  await database.query(
    `SELECT setval(oid::regclass, $1) FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace`,
    [first],
  )
}

/** Writes that need a second store, or that a single store cannot repeat, leave nothing behind: their operation is still asked for. */
export async function seedNeighbour(stack: Stack): Promise<OperatorRequests> {
  const theirs = asNeighbour(stack)
  const { store, org } = stack.theirs
  await numberFrom(stack, 70_000_000)
  for (let n = 0; n < 5; n++) await stack.recordReport(store, `${CANARY}-${n}`, waiting(NOON + n * HOUR, 1_000 + n))
  for (const write of [...Object.values(EVERY_WRITE), ...Object.values(EVERY_ACCOUNT_WRITE)]) await write(theirs)
  stack.now = NOON
  await stack.message(store, 'push', `not JSON ${CANARY}`)
  await stack.work()
  const headers = { ce_source: sourceOf(org), note: CANARY }
  const letter = {
    consumer: 'c',
    eventId: CANARY,
    topic: 't',
    key: 'k',
    reason: CANARY,
    headers,
    value: Buffer.from('{}'),
  }
  await saveDeadLetters(stack.database, [letter])
  await numberFrom(stack, 80_000_000)
  return theirs.operator
}

/** Ids of rows, by their form: what a request of ours may name and must not reach. */
export interface ForeignIds {
  readonly uuids: readonly string[]
  readonly numbers: readonly string[]
  readonly hashes: readonly string[]
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NAMES_OF_NUMBERS = ['id', 'message_id', 'store', 'strategy']

const tenantTables = Object.entries(ALL_TABLES).flatMap(([name, access]) =>
  access.type === 'tenants' ? [{ name, organisation: access.organisation }] : [],
)

/** Every id in the rows of an organisation, in whatever table: a new table needs no line here. */
export async function idsOf({ database }: Stack, org: number, store?: number): Promise<ForeignIds> {
  const [uuids, numbers, hashes] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { name, organisation } of tenantTables) {
    const sql = `SELECT to_jsonb(t) AS row FROM "${name}" t WHERE ${organisation} = $1`
    for (const { row } of await database.query<{ row: Record<string, unknown> }[]>(sql, [org])) {
      if (store !== undefined && row['store'] !== store) continue
      for (const [column, value] of Object.entries(row)) {
        if (typeof value === 'string' && UUID.test(value)) uuids.add(value)
        if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) hashes.add(value)
        if (typeof value === 'number' && NAMES_OF_NUMBERS.includes(column) && name !== 'organisation')
          numbers.add(String(value))
      }
    }
  }
  return { uuids: [...uuids], numbers: [...numbers], hashes: [...hashes] }
}

/** A digest of every row of an organisation: a foreign write changes it. */
export async function fingerprintOf({ database }: Stack, org: number): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const { name, organisation } of tenantTables) {
    const sql = `SELECT count(*)::int || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest
      FROM "${name}" t WHERE ${organisation} = $1`
    const [row] = await database.query<{ digest: string }[]>(sql, [org])
    all[name] = row?.digest ?? ''
  }
  return all
}

/** The organisation beside ours: with a row of nearly every kind, made by its own people, and a text in it that we must never see. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Directory, openVault, register, type Store } from '#access'
import { saveDeadLetters, sourceOf } from '#messaging'
import { EVERY_ACCOUNT_WRITE } from '../../../apps/console/test/every-account-write'
import { EVERY_TEAMWORK_WRITE } from '../../../apps/console/test/every-teamwork-write'
import { EVERY_WRITE, TYPED } from '../../../apps/console/test/every-write'
import { OperatorRequests } from '../../../apps/console/test/operator-requests'
import { withSession } from '../../../apps/console/test/session-requests'
import { HOUR, NOON, waiting, type Stack } from '../../../apps/console/test/stack'
import { ALL_TABLES } from '../../postgres/migrations'

/** In case numbers and messages of the neighbour; `TYPED` is in everything that its people typed. */
export const CANARY = 'CANARY-OF-THE-NEIGHBOUR'
/** In cases of our second store, which people of the first must not see. */
export const SECOND_STORE_CANARY = 'CANARY-OF-THE-SECOND-STORE'
export const THEIR_TEXTS = [CANARY, TYPED, 'Shop 900', 'Shop 901', 'Theirs', 'The person mei']

/** The same stack as the neighbour's people see it: its store in the place of both of ours, its owner as the default. */
function asNeighbour(stack: Stack, store: Store): Stack {
  const fastify = stack.app.getHttpAdapter().getInstance()
  const injectAsNeighbour = async (request: { readonly headers?: Record<string, string> }): Promise<unknown> =>
    fastify.inject({ ...request, headers: await withSession(request.headers ?? {}, stack.neighbour) } as never)
  const app = new Proxy(stack.app, {
    get: (target, key) => (key === 'inject' ? injectAsNeighbour : (Reflect.get(target, key) as unknown)),
  }) as NestFastifyApplication
  const { org } = stack.theirs
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

/** Lets ids of later rows start at `first`, so that no number of the neighbour is by chance one of ours. */
async function startNumbersAt({ database }: Stack, first: number): Promise<void> {
  await database.query(
    `SELECT setval(oid::regclass, $1) FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace`,
    [first],
  )
}

/** A second store: the first has a number as short as those of ours, which answers have in them for other reasons, too. */
async function addStore({ database, theirs }: Stack): Promise<Store> {
  const { appKey, appSecret, endpoints, marketplace } = theirs.store.app
  const shop = { shop: '901', name: 'Shop 901', accessToken: 'a', refreshToken: 'r' }
  const vault = openVault(Buffer.alloc(32, 7))
  await register(database, vault, { slug: 'theirs', name: 'Theirs' }, [
    { marketplace, appKey, appSecret, endpoints, stores: [shop] },
  ])
  const { stores } = await new Directory(database, vault).current()
  const added = stores.find((store) => store.shop === shop.shop)
  if (added === undefined) throw new Error('the second store is not registered')
  return added
}

/** Makes the neighbour's rows by every write of the API. Some leave no row, as they need a second store; their operations are tried nevertheless. */
export async function seedNeighbour(stack: Stack): Promise<OperatorRequests> {
  const { org } = stack.theirs
  await startNumbersAt(stack, 70_000_000)
  const store = await addStore(stack)
  stack.forgetStores()
  const theirs = asNeighbour(stack, store)
  for (let n = 0; n < 5; n++) await stack.recordReport(store, `${CANARY}-${n}`, waiting(NOON + n * HOUR, 1_000 + n))
  const writes = { ...EVERY_WRITE, ...EVERY_ACCOUNT_WRITE, ...EVERY_TEAMWORK_WRITE }
  for (const write of Object.values(writes)) await write(theirs)
  stack.now = NOON
  await stack.message(store, 'push', `not JSON ${CANARY}`)
  await stack.work()
  const headers = { ce_source: sourceOf(org), note: CANARY }
  const deadLetter = {
    consumer: 'c',
    eventId: CANARY,
    topic: 't',
    key: 'k',
    reason: CANARY,
    headers,
    value: Buffer.from('{}'),
  }
  await saveDeadLetters(stack.database, [deadLetter])
  await startNumbersAt(stack, 80_000_000)
  return theirs.operator
}

/** Ids of rows, by their form: what a request of ours may name and must not reach. */
export interface ForeignIds {
  readonly uuids: readonly string[]
  readonly numbers: readonly string[]
  readonly hashes: readonly string[]
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Smaller ones are of rows from before `seedNeighbour`. */
const SMALLEST_NUMBER = 70_000_000
/** Columns with numbers that the API takes as ids. */
const NUMBER_COLUMNS = ['id', 'message_id', 'store', 'strategy']

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
        if (typeof value === 'number' && value >= SMALLEST_NUMBER && NUMBER_COLUMNS.includes(column))
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

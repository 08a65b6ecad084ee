import { Agent } from 'node:http'
import { join } from 'node:path'
import { loadKeys, openIdentity, openVault, register, type Vault } from '#access'
import { openDatabase } from '#event-store'
import type { DataSource } from 'typeorm'
import { SignedIn } from '../../../apps/console/test/signed-in'
import { MASTER_KEY } from '../bench-worker'
import { startServer } from '../child'
import type { Figure } from '../figure'
import type { Scale } from '../scale'
import { seedCases } from '../seed-cases'
import { ALL_MIGRATIONS, vacuumAndCheckpoint, type BenchServer } from '../server'
import { getText, measureLatency, type Headers } from './latency'

const CONSOLE = join(__dirname, '../../../apps/console/src/main.js')
const STORES = 40
const LIMITED_TO = 3
const LARGE_STORE_SHARE = 0.4
/** Of all cases; the large organisation has the others. */
const SMALL_SHARE = 0.01
const HOUR = 3_600_000

/** One organisation of the two in the database. */
export interface SeededOrganisation {
  readonly slug: string
  readonly id: number
  readonly stores: readonly number[]
}

/** p95 of every queue page that the console offers, by the console's own role and for people of all stores and of a few. */
export async function tenantQueues(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const fresh = await server.migrated()
  const now = Date.now()
  const vault = openVault(MASTER_KEY)
  const database = await openDatabase({ url: fresh.url, pool: 2, migrations: ALL_MIGRATIONS })
  const organisations = await seedOrganisations(fresh.url, database, vault, { cases: scale.cases, now })
  const callers: { name: string; headers: Headers; stores: readonly number[] }[] = []
  for (const organisation of organisations) callers.push(...(await signIn(database, vault, organisation)))
  await database.destroy()
  await vacuumAndCheckpoint(fresh.url)
  // The process makes the roles and goes on as its own: row-level security holds.
  const env = { DATABASE_URL: fresh.url, SHOUHOU_KEY: MASTER_KEY.toString('base64'), PORT: '0' }
  const consoleProcess = await startServer(CONSOLE, env)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const figures: Figure[] = []
    for (const { name, headers, stores } of callers) {
      const fetchPath = (path: string): Promise<string> => getText(`${consoleProcess.url}${path}`, agent, headers)
      figures.push(
        await measureLatency(
          `queue page, ${name}`,
          await withNextPages(queuePaths(stores, now), fetchPath),
          fetchPath,
          scale,
        ),
      )
    }
    return figures
  } finally {
    agent.destroy()
    await consoleProcess.stop()
    await fresh.drop()
  }
}

/** Two organisations of forty stores each. The small one first: indexes are built again with each. */
export async function seedOrganisations(
  url: string,
  database: DataSource,
  vault: Vault,
  { cases, now }: { readonly cases: number; readonly now: number },
): Promise<SeededOrganisation[]> {
  const small = Math.ceil(cases * SMALL_SHARE)
  const seeded: SeededOrganisation[] = []
  for (const { slug, size, firstCase } of [
    { slug: 'small', size: small, firstCase: 1 },
    { slug: 'large', size: cases - small, firstCase: small + 1 },
  ]) {
    const shops = Array.from({ length: STORES }, (_, n) => `${slug}-${n}`)
    const stores = shops.map((shop) => ({ shop, name: shop, accessToken: 'access', refreshToken: 'refresh' }))
    const app = { marketplace: 'douyin', appKey: `app-${slug}`, appSecret: 'secret', endpoints: {}, stores }
    const id = await register(database, vault, { slug, name: slug }, [app])
    const rows = await database.query<{ id: number }[]>('SELECT id FROM store WHERE org = $1 ORDER BY id', [id])
    const ids = rows.map((row) => row.id)
    const of = { org: id, firstStore: ids[0] ?? 0, firstCase, stores: STORES, largeShare: LARGE_STORE_SHARE, now }
    await seedCases(url, { ...of, cases: size, streams: 0 })
    seeded.push({ slug, id, stores: ids })
  }
  return seeded
}

/** The owner, and a person who may see a few stores, the large one among them. */
async function signIn(database: DataSource, vault: Vault, { slug, id, stores }: SeededOrganisation) {
  await loadKeys(database, vault)
  const signedIn = new SignedIn(openIdentity({ database, vault }), id, `owner-of-${slug}`)
  const few = stores.slice(0, LIMITED_TO)
  const agent = { login: `agent-of-${slug}`, role: 'after-sale-agent', stores: few } as const
  return [
    { name: `${slug} organisation, all stores`, headers: await signedIn.headers(), stores },
    {
      name: `${slug} organisation, ${LIMITED_TO} of ${STORES} stores`,
      headers: await signedIn.headers(agent),
      stores: few,
    },
  ]
}

/** Every tab with every order, and with each filter of the page. */
export function queuePaths(stores: readonly number[], now: number): string[] {
  const iso = (ms: number): string => new Date(ms).toISOString()
  const [first = 0, second = 0] = stores
  const filters = [
    '',
    `store=${first}`,
    `store=${second}`,
    `store=${first},${second}`,
    'marketplace=douyin',
    'kind=exchange',
    'kind=refund-only,repair',
    `store=${second}&kind=repair`,
  ]
  const ofOpen = [
    ...filters,
    `dueTo=${iso(now)}`,
    ...[4, 24, 72].map((hours) => `dueFrom=${iso(now)}&dueTo=${iso(now + hours * HOUR)}`),
    `dueFrom=${iso(now + 24 * HOUR)}`,
    'riskFrom=100000',
    'riskTo=5000',
    'riskFrom=250000&riskTo=260000',
    `store=${second}&dueTo=${iso(now)}&riskFrom=50000`,
    `kind=exchange&dueFrom=${iso(now)}&dueTo=${iso(now + 24 * HOUR)}`,
  ]
  const statuses = {
    us: 'awaiting-merchant-decision',
    buyer: 'refused',
    platform: 'platform-handling',
    carrier: 'awaiting-refusal',
  }
  const address = (...parts: string[]): string => `/api/queue?${parts.filter((part) => part !== '').join('&')}`
  const open = Object.entries(statuses).flatMap(([turn, status]) =>
    ['', 'sort=risk'].flatMap((sort) =>
      [...ofOpen, `status=${status}`].map((filter) => address(`turn=${turn}`, filter, sort, 'limit=50')),
    ),
  )
  const all = ['', 'sort=risk'].flatMap((sort) => ofOpen.map((filter) => address(filter, sort, 'limit=50')))
  const finished = [...filters, 'status=closed'].map((filter) => address('turn=nobody', filter, 'limit=50'))
  return [...all, ...open, ...finished]
}

/** Those with cases, and the page after each, as far as there is one: a small run has none for the rarest filters. */
async function withNextPages(paths: readonly string[], getPath: (path: string) => Promise<string>): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const { items, next } = JSON.parse(await getPath(path)) as { items: unknown[]; next: string | null }
    if (items.length > 0) found.push(path)
    if (next !== null) found.push(`${path}&cursor=${next}`)
  }
  return found
}

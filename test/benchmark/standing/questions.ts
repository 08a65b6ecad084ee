import { Agent } from 'node:http'
import { join } from 'node:path'
import { fingerprintsOf, openIdentity, openVault, loadKeys } from '#access'
import type { DataSource } from 'typeorm'
import { SignedIn } from '../../../apps/console/test/signed-in'
import { startServer } from '../child'
import { MASTER_KEY, openWorker, type BenchWorker } from '../bench-worker'
import type { Figure } from '../figure'
import type { Scale } from '../scale'
import { seedCases, searchTerms } from '../seed-cases'
import type { BenchServer } from '../server'
import { vacuumAndCheckpoint, withClient } from '../server'
import type { Headers } from './latency'
import { getText, measureLatency } from './latency'

const CONSOLE = join(__dirname, '../../../apps/console/src/main.js')
const LARGE_SHARE = 0.4
/** Number of distinct names, phone numbers and orders that are searched for. */
const SEARCH_TERMS = 200
const DEEP_PAGES = 50
const DAY = 86_400_000

const nameOf = (n: number): string => `王小明${n}`
const phoneOf = (n: number): string => `138${String(10_000_000 + n * 37)}`

/** p95 latency of the console's common queries over HTTP, on a queue as large as a large merchant's after years. */
export async function questions(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const fresh = await server.migrated()
  const worker = await openWorker(fresh.url)
  const stores = [...worker.storeOf.values()]
  const firstStore = Math.min(...stores)
  const now = Date.now()
  await seedCases(fresh.url, {
    cases: scale.cases,
    stores: stores.length,
    largeShare: LARGE_SHARE,
    org: worker.org,
    firstStore,
    now,
  })
  await setRealHashes(worker.database, worker.org)
  const people = await signIn(worker, stores)
  await worker.close()
  await vacuumAndCheckpoint(fresh.url)
  const env = { DATABASE_URL: fresh.url, SHOUHOU_KEY: MASTER_KEY.toString('base64'), PORT: '0' }
  const consoleProcess = await startServer(CONSOLE, env)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const fetchAs =
      (headers: Headers) =>
      (path: string): Promise<string> =>
        getText(`${consoleProcess.url}${path}`, agent, headers)
    const fetchPath = fetchAs(people.owner)
    // A person may try a few ends of phone numbers in ten minutes; here the speed of one is measured.
    const forget = (): Promise<unknown> => withClient(fresh.url, (client) => client.query('DELETE FROM quota_use'))
    const deep = await findDeepPages(fetchPath, firstStore)
    const figures: Figure[] = []
    for (const [name, paths] of Object.entries(buildPaths(scale.cases, firstStore, stores.length, now, deep)))
      figures.push(await measureLatency(name, paths, fetchPath, scale, forget))
    const { 'queue page': pages = [] } = buildPaths(scale.cases, firstStore, stores.length, now, deep)
    const visible = pages.filter(
      (path) => !path.includes('store=') || people.stores.some((id) => path.endsWith(`=${id}`)),
    )
    figures.push(await measureLatency('queue page with store rights', visible, fetchAs(people.limited), scale))
    return figures
  } finally {
    agent.destroy()
    await consoleProcess.stop()
    await fresh.drop()
  }
}

/** The owner, and a person who may see every second store, the large one among them. */
async function signIn(
  { database, org }: Pick<BenchWorker, 'database' | 'org'>,
  all: readonly number[],
): Promise<{ owner: Headers; limited: Headers; stores: readonly number[] }> {
  const vault = openVault(MASTER_KEY)
  await loadKeys(database, vault)
  const signedIn = new SignedIn(openIdentity({ database, vault }), org)
  const stores = [...all].sort((a, b) => a - b).filter((_, n) => n % 2 === 0)
  const owner = await signedIn.headers()
  return { owner, limited: await signedIn.headers({ login: 'agent', role: 'after-sale-agent', stores }), stores }
}

function buildPaths(
  cases: number,
  firstStore: number,
  stores: number,
  now: number,
  deep: readonly string[],
): Record<string, string[]> {
  const forSearchTerms = (path: (n: number) => string): string[] =>
    Array.from({ length: SEARCH_TERMS }, (_, n) => path(n))
  const pathsByStore = Array.from({ length: stores }, (_, i) => `/api/queue?store=${firstStore + i}`)
  const turns = ['us', 'buyer', 'platform', 'carrier', 'nobody'].map((turn) => `/api/queue?turn=${turn}`)
  const queuePaths = [
    '/api/queue',
    '/api/queue?sort=risk',
    '/api/queue?turn=us&sort=risk',
    '/api/queue?status=refused',
    '/api/queue?kind=exchange',
  ]
  const day = (n: number): string => new Date(now - n * 3 * DAY).toISOString()
  return {
    'queue page': [...queuePaths, ...turns, ...pathsByStore],
    'deep page': [...deep],
    'tab counts': ['/api/queue/counts', ...pathsByStore.map((path) => path.replace('/api/queue', '/api/queue/counts'))],
    'search by order': forSearchTerms(
      (n) => `/api/search?order=${searchTerms.orderOf(1 + Math.floor((n * cases) / SEARCH_TERMS))}`,
    ),
    'search by name': forSearchTerms((n) => `/api/search?name=${encodeURIComponent(nameOf(n))}`),
    'search by phone': forSearchTerms((n) => `/api/search?phone=${phoneOf(n)}`),
    'search by last four digits': forSearchTerms((n) => `/api/search?phone=${phoneOf(n).slice(-4)}`),
    'search by time': forSearchTerms((n) => `/api/search?appliedFrom=${day(n + 1)}&appliedTo=${day(n)}`),
  }
}

/** The rows were seeded by SQL, without keys: those that are searched for get the keyed hashes of real names and numbers. */
async function setRealHashes(database: DataSource, org: number): Promise<void> {
  const vault = openVault(MASTER_KEY)
  // Hashes are made with the organisation's own key.
  await loadKeys(database, vault)
  const forSearchTerms = Array.from({ length: SEARCH_TERMS }, (_, n) => n)
  const columns = {
    name_hash: forSearchTerms.map((n) => [searchTerms.nameHashOf(n), fingerprintsOf.name(vault, org, nameOf(n))]),
    phone_hash: forSearchTerms.map((n) => [searchTerms.phoneHashOf(n), fingerprintsOf.phone(vault, org, phoneOf(n))]),
    phone_tail_hash: forSearchTerms.map((n) => [
      searchTerms.tailHashOf(n),
      fingerprintsOf.phoneTail(vault, org, phoneOf(n)),
    ]),
  }
  for (const [column, pairs] of Object.entries(columns))
    await database.query(
      `UPDATE case_search SET ${column} = p.real FROM unnest($1::text[], $2::text[]) AS p(made, real) WHERE org = $3 AND ${column} = p.made`,
      [pairs.map(([made]) => made), pairs.map(([, real]) => real), org],
    )
}

/** Paths of pages deep in the queue, of all stores and of the large one alone. */
async function findDeepPages(getPath: (path: string) => Promise<string>, large: number): Promise<string[]> {
  const paths: string[] = []
  for (const query of ['limit=200', `limit=200&store=${large}`, 'limit=200&sort=risk']) {
    let cursor = ''
    for (let queuePaths = 0; queuePaths < DEEP_PAGES; queuePaths++) {
      const { next } = JSON.parse(await getPath(`/api/queue?${query}${cursor}`)) as { next?: string }
      if (next === undefined || next === null) break
      cursor = `&cursor=${next}`
      if (queuePaths >= DEEP_PAGES / 5) paths.push(`/api/queue?${query.replace('200', '50')}${cursor}`)
    }
  }
  if (paths.length === 0) throw new Error('the queue has no deep pages')
  return paths
}

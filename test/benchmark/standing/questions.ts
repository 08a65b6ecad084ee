import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { fingerprintsOf, openVault, loadKeys } from '#access'
import type { DataSource } from 'typeorm'
import { chanceOf } from '../chance'
import { startServer } from '../child'
import { MASTER_KEY, openDesk } from '../desk'
import type { Figure } from '../figure'
import { percentile, timed } from '../rounds'
import type { Scale } from '../scale'
import { seedCases, seeded } from '../seed-cases'
import type { BenchServer } from '../server'
import { settle } from '../server'

const LIMIT_MS = 10
const CONSOLE = join(__dirname, '../../../apps/console/src/main.js')
const LARGE_SHARE = 0.4
/** Asks the database nothing: what HTTP and a busy machine cost by themselves. */
const NO_QUESTION = '/api/meta'
/** A console that has been up for a minute; Node compiles what is asked often. */
const WARM_UP = 400
/** So many different names, numbers and orders are searched for. */
const DIFFERENT = 200
const DEEP_PAGES = 50
const DAY = 86_400_000

const nameOf = (n: number): string => `王小明${n}`
const phoneOf = (n: number): string => `138${String(10_000_000 + n * 37)}`

/** What people ask all day, over HTTP, in a queue as large as a large merchant's after years. */
export async function questions(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const fresh = await server.migrated()
  const desk = await openDesk(fresh.url)
  const stores = [...desk.storeOf.values()]
  const firstStore = Math.min(...stores)
  const now = Date.now()
  await seedCases(desk.database, {
    cases: scale.cases,
    stores: stores.length,
    largeShare: LARGE_SHARE,
    org: desk.org,
    firstStore,
    now,
  })
  await nameSome(desk.database, desk.org)
  await desk.close()
  await settle(fresh.url)
  const env = { DATABASE_URL: fresh.url, SHOUHOU_KEY: MASTER_KEY.toString('base64'), PORT: '0' }
  const console_ = await startServer(CONSOLE, env)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const ask = (path: string): Promise<string> => asked(`${console_.url}${path}`, agent)
    const deep = await deepPages(ask, firstStore)
    const figures: Figure[] = []
    for (const [name, paths] of Object.entries(pathsOf(scale.cases, firstStore, stores.length, now, deep)))
      figures.push(await measured(name, paths, ask, scale))
    return figures
  } finally {
    agent.destroy()
    await console_.stop()
    await fresh.drop()
  }
}

async function measured(
  name: string,
  paths: readonly string[],
  ask: (path: string) => Promise<string>,
  scale: Scale,
): Promise<Figure> {
  const chance = chanceOf(5)
  const times: number[] = []
  const idle: number[] = []
  let empty = 0
  for (let i = -WARM_UP; i < scale.questions; i++) {
    const from = performance.now()
    const answer = await ask(chance.pick(paths))
    if (i >= 0) times.push(performance.now() - from)
    if (i >= 0 && answer.includes('"items":[]')) empty++
    idle.push(await timed(() => ask(NO_QUESTION)))
  }
  if (empty > scale.questions / 10) throw new Error(`${name}: ${empty} of ${scale.questions} answers were empty`)
  const p95 = percentile(times, 0.95)
  const shown = [0.5, 0.99].map((share) => `p${share * 100} ${percentile(times, share).toFixed(1)} ms`).join(', ')
  return {
    figure: `${name}, p95`,
    value: p95,
    unit: 'ms',
    against: 'a limit',
    peer: LIMIT_MS,
    ratio: LIMIT_MS / p95,
    atLeast: 1,
    remarks: [
      `${shown}, ${scale.questions} times at ${scale.cases.toLocaleString('en-US')} cases`,
      `between them an address that asks the database nothing: p95 ${percentile(idle, 0.95).toFixed(1)} ms`,
    ],
  }
}

function pathsOf(
  cases: number,
  firstStore: number,
  stores: number,
  now: number,
  deep: readonly string[],
): Record<string, string[]> {
  const some = (path: (n: number) => string): string[] => Array.from({ length: DIFFERENT }, (_, n) => path(n))
  const one = Array.from({ length: stores }, (_, i) => `/api/queue?store=${firstStore + i}`)
  const turns = ['us', 'buyer', 'platform', 'carrier', 'nobody'].map((turn) => `/api/queue?turn=${turn}`)
  const page = [
    '/api/queue',
    '/api/queue?sort=risk',
    '/api/queue?turn=us&sort=risk',
    '/api/queue?status=refused',
    '/api/queue?kind=exchange',
  ]
  const day = (n: number): string => new Date(now - n * 3 * DAY).toISOString()
  return {
    'queue page': [...page, ...turns, ...one],
    'deep page': [...deep],
    'tab counts': ['/api/queue/counts', ...one.map((path) => path.replace('/api/queue', '/api/queue/counts'))],
    'search by order': some((n) => `/api/search?order=${seeded.orderOf(1 + Math.floor((n * cases) / DIFFERENT))}`),
    'search by name': some((n) => `/api/search?name=${encodeURIComponent(nameOf(n))}`),
    'search by phone': some((n) => `/api/search?phone=${phoneOf(n)}`),
    'search by last four digits': some((n) => `/api/search?phone=${phoneOf(n).slice(-4)}`),
    'search by time': some((n) => `/api/search?appliedFrom=${day(n + 1)}&appliedTo=${day(n)}`),
  }
}

/** The rows were made in the database, which has no key: those that are searched for get the hashes of real names and numbers. */
async function nameSome(database: DataSource, org: number): Promise<void> {
  const vault = openVault(MASTER_KEY)
  // Hashes are made with the organisation's own key.
  await loadKeys(database, vault)
  const some = Array.from({ length: DIFFERENT }, (_, n) => n)
  const columns = {
    name_hash: some.map((n) => [seeded.nameHashOf(n), fingerprintsOf.name(vault, org, nameOf(n))]),
    phone_hash: some.map((n) => [seeded.phoneHashOf(n), fingerprintsOf.phone(vault, org, phoneOf(n))]),
    phone_tail_hash: some.map((n) => [seeded.tailHashOf(n), fingerprintsOf.phoneTail(vault, org, phoneOf(n))]),
  }
  for (const [column, pairs] of Object.entries(columns))
    await database.query(
      `UPDATE case_search SET ${column} = p.real FROM unnest($1::text[], $2::text[]) AS p(made, real) WHERE org = $3 AND ${column} = p.made`,
      [pairs.map(([made]) => made), pairs.map(([, real]) => real), org],
    )
}

/** Addresses of pages far down, from all stores and from the large one alone. */
async function deepPages(ask: (path: string) => Promise<string>, large: number): Promise<string[]> {
  const found: string[] = []
  for (const words of ['limit=200', `limit=200&store=${large}`, 'limit=200&sort=risk']) {
    let cursor = ''
    for (let page = 0; page < DEEP_PAGES; page++) {
      const { next } = JSON.parse(await ask(`/api/queue?${words}${cursor}`)) as { next?: string }
      if (next === undefined || next === null) break
      cursor = `&cursor=${next}`
      if (page >= DEEP_PAGES / 5) found.push(`/api/queue?${words.replace('200', '50')}${cursor}`)
    }
  }
  if (found.length === 0) throw new Error('the queue has no deep pages')
  return found
}

function asked(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', reject)
      answer.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`HTTP ${answer.statusCode} from ${url}: ${text.slice(0, 200)}`))
      })
    }).once('error', reject)
  })
}

/** Sends paired requests of our people and says what of others came back, or came back otherwise than for what does not exist. */
import { ROLES, type Role } from '#access'
import { endpointsOf, type ApiDocument, type Endpoint } from '../../../apps/console/test/hostile-requests'
import type { Stack } from '../../../apps/console/test/stack'
import { seededRandom } from '../../benchmark/seeded-random'
import { SECOND_STORE_CANARY, THEIR_TEXTS, type ForeignIds } from './neighbour'
import { pairsOf, requestMaker, type Cursors, type PairedRequest, type SentRequest } from './requests'

export interface Caller {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  /** Sees one store only: what the other has is others', too. */
  readonly oneStore: boolean
}

/** Every kind of caller of our organisation: each role with all stores and with one, a key, and one without log-in. */
export async function callersOf(stack: Stack): Promise<Caller[]> {
  const [store] = stack.ours.stores
  const of = async (role: Role, oneStore: boolean): Promise<Caller> => {
    const login = `our-${role}${oneStore ? '-of-one-store' : ''}`
    const headers = await stack.signedIn.headers({ login, role, stores: oneStore ? [store.id] : 'all' })
    return { name: login, headers, oneStore }
  }
  const people = []
  for (const role of ROLES) people.push(await of(role, false), await of(role, true))
  const created = await stack.operator.post('/api/keys', {
    ...{ label: 'a program', permissions: ['queue.read', 'cases.read'], stores: [String(store.id)] },
    expiresAt: new Date(stack.now + 30 * 86_400_000).toISOString(),
  })
  const key: Caller = {
    ...{ name: 'a key of one store', oneStore: true },
    headers: { authorization: `Bearer ${String(created.body['secret'])}` },
  }
  if (created.status >= 300) throw new Error(`no key: ${JSON.stringify(created)}`)
  return [...people, key, { name: 'nobody', headers: { cookie: '__Host-shouhou=none' }, oneStore: false }]
}

/** Operations that are not called at random, each with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'GET /api/live': 'answers without end; watched separately',
  'DELETE /api/session': 'ends the session of the caller, and names no row',
}
/** Hashing a password is slow on purpose, so these are called less often. */
const SLOW_OPERATIONS = [
  'POST /api/session',
  'POST /api/session/proof',
  'POST /api/account/password',
  'POST /api/links/open',
]
/** Our own audit: every denial adds an entry, so two answers in a row differ, and it names the ids that our requests have named. */
const OWN_AUDIT = ['GET /api/audit']

export interface IsolationReport {
  readonly requests: number
  readonly flaws: readonly string[]
  /** Operations of the document that were asked for with a foreign id, cursor, header or body. */
  readonly operations: ReadonlySet<string>
  readonly statuses: Readonly<Record<number, number>>
}

export interface IsolationRun {
  readonly stack: Stack
  readonly document: ApiDocument
  readonly callers: readonly Caller[]
  /** Of the other organisation; `ofStore`: of our second store. */
  readonly ids: ForeignIds
  readonly idsOfStore: ForeignIds
  readonly cursors: Cursors
  readonly requests: number
  readonly seed: number
  /** Only this operation, e.g. `GET /api/queue`. */
  readonly only?: string
}

/** Enough to see what is wrong; the run ends then. */
const MAX_FLAWS = 10
const PARALLEL_READS = 8

export async function runIsolation(run: IsolationRun): Promise<IsolationReport> {
  const random = seededRandom(run.seed)
  const endpoints = endpointsOf(run.document).filter(({ method, path }) =>
    run.only === undefined ? LEFT_OUT[`${method} ${path}`] === undefined : run.only === `${method} ${path}`,
  )
  const makers = {
    all: requestMaker(run.document, pairsOf(run.ids), run.cursors, random),
    oneStore: requestMaker(run.document, pairsOf(joinIds(run.ids, run.idsOfStore)), run.cursors, random),
  }
  const check = new IsolationCheck(run)
  const ask = async (endpoint: Endpoint): Promise<void> => {
    const caller = random.pick(run.callers)
    const make = caller.oneStore ? makers.oneStore : makers.all
    let request = make(endpoint)
    // Another method of the same address may be one that is left out.
    while (LEFT_OUT[`${request.foreign.method} ${endpoint.path}`] !== undefined) request = make(endpoint)
    await check.sendPair(request, caller)
  }
  const usual = endpoints.filter(({ method, path }) => !SLOW_OPERATIONS.includes(`${method} ${path}`))
  // Each once with every kind of caller by chance; reads side by side, writes one after the other.
  for (let round = 0; check.requests < run.requests && check.flaws.length < MAX_FLAWS; round++) {
    const chosen =
      round === 0 ? endpoints : Array.from({ length: 64 }, () => random.pick(round % 40 === 0 ? endpoints : usual))
    const reads = chosen.filter(({ method }) => method === 'GET')
    for (let n = 0; n < reads.length; n += PARALLEL_READS)
      await Promise.all(reads.slice(n, n + PARALLEL_READS).map(ask))
    for (const endpoint of chosen.filter(({ method }) => method !== 'GET')) await ask(endpoint)
  }
  return check
}

const joinIds = (a: ForeignIds, b: ForeignIds): ForeignIds => ({
  uuids: [...a.uuids, ...b.uuids],
  numbers: a.numbers,
  hashes: a.hashes,
})

/** What differs from one request to the next by itself: a use is noted once a minute, and one of the two may be the first. */
const VARIES = /"instance":"[^"]*"|"last(?:Seen|Used)At":(?:null|"[^"]*")/g

/** An answer in which the values of its request are masked. */
interface MaskedAnswer {
  readonly status: number
  readonly text: string
}

/** Sends pairs and collects what is wrong with their answers. */
class IsolationCheck implements IsolationReport {
  requests = 0
  readonly flaws: string[] = []
  readonly operations = new Set<string>()
  readonly statuses: Record<number, number> = {}
  /** What our requests have named so far. */
  private readonly named = new Set<string>()
  private readonly theirs: readonly string[]
  private readonly ofStore: readonly string[]

  constructor(private readonly run: IsolationRun) {
    this.theirs = [...THEIR_TEXTS, ...run.ids.uuids, ...run.ids.hashes]
    this.ofStore = [SECOND_STORE_CANARY, ...run.idsOfStore.uuids]
  }

  /** Sends both forms; their answers must be alike, and show nothing of others. */
  async sendPair({ operation, foreign, missing, isForeign }: PairedRequest, caller: Caller): Promise<void> {
    const answer = await this.send(foreign, caller)
    if (isForeign) this.operations.add(operation)
    const visible = caller.oneStore ? [...this.theirs, ...this.ofStore] : this.theirs
    const others = OWN_AUDIT.includes(operation) ? visible.filter((text) => !this.named.has(text)) : visible
    const seen = others.find((text) => answer.text.includes(text))
    if (seen !== undefined) this.note(foreign, caller, `has ${seen}: ${answer.text.slice(0, 500)}`)
    if (!isForeign || OWN_AUDIT.includes(operation)) return
    const missingAnswer = await this.send(missing, caller)
    // The limit of attempts may be reached between the two, and a busy database may not answer one of them.
    if ([answer.status, missingAnswer.status].some((status) => status === 429 || status === 503)) return
    // What each of both has created has an id or a secret of its own.
    const isCreated = foreign.method !== 'GET' && answer.status < 300
    if (answer.status !== missingAnswer.status || (answer.text !== missingAnswer.text && !isCreated))
      this.note(
        foreign,
        caller,
        `is answered ${answer.status} ${answer.text.slice(0, 400)}\n  a missing one ${missingAnswer.status} ${missingAnswer.text.slice(0, 400)}`,
      )
  }

  /** The answer with what it repeats of its request taken out. */
  private async send({ values, ...request }: SentRequest, { headers }: Caller): Promise<MaskedAnswer> {
    this.requests += 1
    for (const value of values) this.named.add(value)
    const fastify = this.run.stack.app.getHttpAdapter().getInstance()
    const { statusCode, payload } = await fastify.inject({
      ...request,
      headers: { ...request.headers, ...headers },
    } as never)
    this.statuses[statusCode] = (this.statuses[statusCode] ?? 0) + 1
    const text = [...values]
      .sort((a, b) => b.length - a.length)
      .reduce((left, value) => left.replaceAll(value, '#'), payload.replace(VARIES, ''))
    return { status: statusCode, text }
  }

  private note({ method, url, payload }: SentRequest, { name }: Caller, what: string): void {
    this.flaws.push(`${name}: ${method} ${url} ${payload?.slice(0, 300) ?? ''}\n  ${what}`)
  }
}

/** Requests with ids of others in them, made from the API's own document and a seed. */
import { sampleOf, type ApiDocument, type Endpoint } from '../../../apps/console/test/hostile-requests'
import type { SeededRandom } from '../../benchmark/seeded-random'
import { CANARY, type ForeignIds } from './neighbour'

/** A request in two forms that must be answered alike: with ids of others, and with ids of nothing. */
export interface PairedRequest {
  readonly operation: string
  readonly foreign: SentRequest
  readonly missing: SentRequest
  /** Whether anything in it is another's. */
  readonly isForeign: boolean
}

/** One form of a paired request, as it is sent. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string
  /** The texts of this form: an answer may repeat what it was sent. */
  readonly values: readonly string[]
}

/** A value of another organisation, and one of the same form that nothing has. */
interface Pair {
  readonly foreign: string
  readonly missing: string
}

/** Endpoints whose path ids are numbers; all others take UUIDs. */
const NUMBER_PATHS = /^\/api\/(?:strategies|stores|quarantine|messages|dead-letters)/

/** Each foreign id with one of the same form that nothing has. */
export function pairsOf({
  uuids,
  numbers,
  hashes,
}: ForeignIds): Readonly<Record<'uuid' | 'number' | 'hash' | 'text', Pair[]>> {
  const tail = (n: number, digits: number): string => n.toString(16).padStart(digits, '0')
  return {
    uuid: uuids.map((foreign, n) => ({ foreign, missing: `0dead000-0000-4000-8000-${tail(n, 12)}` })),
    number: numbers.map((foreign, n) => ({ foreign, missing: String(987_000_000 + n) })),
    hash: [...hashes, 'b'.repeat(64)].map((foreign, n) => ({ foreign, missing: `dead${tail(n, 60)}` })),
    text: Array.from({ length: 5 }, (_, n) => ({
      foreign: `${CANARY}-${n}`,
      missing: `NOTHING-OF-THE-NAME-AT-ALL-${n}`,
    })),
  }
}
export type Pairs = ReturnType<typeof pairsOf>

/** Cursors of others, as their own lists gave them. */
export type Cursors = Readonly<Record<string, string>>

/**
 * Returns a function that makes a paired request for an endpoint. Values are written as numbered placeholders (`⟨0⟩`) first,
 * so that both forms differ in nothing else.
 */
export function requestMaker(
  document: ApiDocument,
  pairs: Pairs,
  cursors: Cursors,
  random: SeededRandom,
): (endpoint: Endpoint) => PairedRequest {
  let used: Pair[] = []
  const take = (kind: keyof Pairs): string => {
    const pair = random.pick(pairs[kind])
    used.push(pair)
    return `\u27e8${used.length - 1}\u27e9`
  }
  const anyKind = (): keyof Pairs => random.pick(['uuid', 'number', 'hash', 'text'] as const)

  const pathOf = ({ path }: Endpoint): string =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (random.integer(12) === 0) return take(anyKind())
      if (name === 'version') return '1'
      return take(name === 'hash' ? 'hash' : NUMBER_PATHS.test(path) ? 'number' : 'uuid')
    })
  const queryOf = ({ method, path, query }: Endpoint): string[] =>
    query.flatMap((name) => {
      if (random.integer(10) >= 3) return []
      const cursor = cursors[`${method} ${path}`]
      if (name === 'cursor' && cursor !== undefined) return [`cursor=${encodeURIComponent(cursor)}`]
      const plain = ['1', '10', 'us', 'true', '2026-11-01T00:00:00Z', '*']
      const value =
        name === 'limit'
          ? '5'
          : random.integer(3) === 0
            ? random.pick(plain)
            : take(name === 'store' ? 'number' : anyKind())
      return [`${name}=${value}`]
    })
  const bodyOf = ({ body }: Endpoint): string | undefined => {
    if (body === undefined) return undefined
    const withForeignValues = (value: unknown, key = ''): unknown => {
      if (Array.isArray(value)) return value.map((one) => withForeignValues(one, key))
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withForeignValues(one, name)]))
      if (typeof value !== 'string') return value
      if (/^[0-9a-f]{8}-/.test(value)) return take('uuid')
      if (/^store/.test(key)) return take('number')
      return random.integer(4) === 0 ? take(anyKind()) : value
    }
    return JSON.stringify(withForeignValues(random.pick(sampleOf(body, document))))
  }
  const headersOf = (): Record<string, string> => ({
    host: 'localhost',
    ...(random.integer(3) === 0 ? { 'idempotency-key': take('uuid') } : {}),
    ...(random.integer(6) === 0 ? { 'last-event-id': '1.1', 'x-organisation': 'theirs', 'x-operator': 'mei' } : {}),
    ...(random.integer(6) === 0 ? { 'x-forwarded-host': 'theirs', 'x-forwarded-user': take('uuid') } : {}),
  })

  return (endpoint) => {
    used = []
    const method = random.integer(15) === 0 ? random.pick(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']) : endpoint.method
    const query = queryOf(endpoint)
    const url = `${pathOf(endpoint)}${query.length === 0 ? '' : `?${query.join('&')}`}`
    const headers = headersOf()
    const payload = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(endpoint)
    const pairsUsed = used
    const fillPlaceholders = (form: keyof Pair): SentRequest => {
      const fill = (text: string): string =>
        text.replace(/\u27e8(\d+)\u27e9/g, (_, n: string) => pairsUsed[Number(n)]?.[form] ?? '')
      return {
        method,
        url: fill(url),
        headers: {
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)])),
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(payload === undefined ? {} : { payload: fill(payload) }),
        values: pairsUsed.map((pair) => pair[form]),
      }
    }
    const isForeign = pairsUsed.length > 0
    return {
      operation: `${endpoint.method} ${endpoint.path}`,
      foreign: fillPlaceholders('foreign'),
      missing: fillPlaceholders('missing'),
      isForeign,
    }
  }
}

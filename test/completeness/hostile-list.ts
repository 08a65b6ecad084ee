/** A server with the list API of either marketplace, whose answers can be faulty. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'

export type Wire = 'pinduoduo' | 'douyin'

/** A fault of one answer. One at a time: two together could form a wrong but consistent answer, which cannot be detected. */
export type Fault =
  | { readonly type: 'none' }
  /** The page lacks its last rows; the total stays. */
  | { readonly type: 'short'; readonly rows: number }
  /** The page repeats its first row instead of its last one. */
  | { readonly type: 'doubled' }
  | { readonly type: 'total'; readonly by: number }
  /** The total in an unexpected form; 'absent': no total. */
  | { readonly type: 'form'; readonly form: 'absent' | 'null' | 'text' | 'word' | 'negative' }
  | { readonly type: 'rows'; readonly form: 'absent' | 'null' | 'object' | 'unnamed' }
  | { readonly type: 'more' }
  | { readonly type: 'no-body' }
  | { readonly type: 'half' }
  | { readonly type: 'status'; readonly status: number }

export const faultArbitrary: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>({ type: 'none' }) },
  fc.record({ type: fc.constant('short' as const), rows: fc.integer({ min: 1, max: 100 }) }),
  fc.constant<Fault>({ type: 'doubled' }),
  fc.record({ type: fc.constant('total' as const), by: fc.integer({ min: -9, max: 9 }).filter((by) => by !== 0) }),
  fc.record({
    type: fc.constant('form' as const),
    form: fc.constantFrom('absent' as const, 'null' as const, 'text' as const, 'word' as const, 'negative' as const),
  }),
  fc.record({
    type: fc.constant('rows' as const),
    form: fc.constantFrom('absent' as const, 'null' as const, 'object' as const, 'unnamed' as const),
  }),
  fc.constantFrom<Fault>({ type: 'more' }, { type: 'no-body' }, { type: 'half' }, { type: 'status', status: 500 }),
)

/** Number of changes, sometimes more than a page; avoids numbers where a changed total would match a page boundary. */
export const countArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }) },
  { weight: 1, arbitrary: fc.integer({ min: 111, max: 188 }) },
)

export interface HostileList {
  readonly api: string
  /** The actual changes: time in seconds by case number. */
  changes: Map<string, number>
  /** Faults of successive answers, repeated cyclically. */
  faults: readonly Fault[]
  /** Fault for queries that begin at this second; takes precedence over `faults`. */
  faultFrom: (second: number) => Fault | undefined
  /** Case numbers shown and totals sent since the last `forget`. */
  readonly shown: Set<string>
  readonly totals: unknown[]
  reset(): void
  close(): Promise<void>
}

interface ListQuery {
  readonly from: number
  readonly until: number
  readonly page: number
  readonly size: number
}

const parseListQuery = (wire: Wire, body: Readonly<Record<string, number>>): ListQuery =>
  wire === 'pinduoduo'
    ? {
        from: body['start_updated_at'] ?? 0,
        until: (body['end_updated_at'] ?? 0) + 1,
        page: (body['page'] ?? 1) - 1,
        size: body['page_size'] ?? 100,
      }
    : {
        from: body['update_start_time'] ?? 0,
        until: (body['update_end_time'] ?? 0) + 1,
        page: body['page'] ?? 0,
        size: body['size'] ?? 100,
      }

const wireRow = (wire: Wire, [id, second]: readonly [string, number]): object =>
  wire === 'pinduoduo'
    ? { id, order_sn: `o-${id}`, updated_time: String(second) }
    : { aftersale_info: { aftersale_id: id, update_time: second } }

export async function openHostileList(wire: Wire): Promise<HostileList> {
  let answerCount = 0
  const answer = (query: ListQuery): { status: number; text: string } => {
    const fault = list.faultFrom(query.from) ??
      list.faults[answerCount++ % Math.max(1, list.faults.length)] ?? { type: 'none' }
    const changes = [...list.changes].filter(([, s]) => s >= query.from && s < query.until)
    changes.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
    const page = changes.slice(query.page * query.size, (query.page + 1) * query.size)
    if (fault.type === 'status') return { status: fault.status, text: '' }
    const total = claimedTotal(fault, changes.length)
    const rows = wireRows(wire, fault, page, list.shown)
    list.totals.push(total)
    const more = fault.type === 'more' || (query.page + 1) * query.size < changes.length
    const text = JSON.stringify(wireBody(wire, fault, rows, total, more))
    return { status: 200, text: fault.type === 'half' ? text.slice(0, text.length / 2) : text }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, number>
      const { status, text } = answer(parseListQuery(wire, body))
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const list: HostileList = {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}${wire === 'pinduoduo' ? '/api/router' : ''}`,
    changes: new Map(),
    faults: [],
    faultFrom: () => undefined,
    shown: new Set(),
    totals: [],
    reset() {
      answerCount = 0
      list.shown.clear()
      list.totals.length = 0
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return list
}

function claimedTotal(fault: Fault, count: number): unknown {
  if (fault.type === 'total') return Math.max(0, count + fault.by)
  if (fault.type !== 'form') return count
  return { absent: undefined, null: null, text: String(count), word: 'many', negative: -1 }[fault.form]
}

function wireRows(wire: Wire, fault: Fault, page: readonly [string, number][], shown: Set<string>): unknown {
  if (fault.type === 'rows' && fault.form !== 'unnamed')
    return { absent: undefined, null: null, object: {} }[fault.form]
  if (fault.type === 'no-body' || fault.type === 'half') return []
  const shownRows = fault.type === 'short' ? page.slice(0, Math.max(0, page.length - fault.rows)) : page
  const first = shownRows[0]
  const rows = fault.type === 'doubled' && first !== undefined ? [...shownRows.slice(0, -1), first] : shownRows
  if (fault.type === 'rows') return rows.map(() => ({}))
  for (const [id] of rows) shown.add(id)
  return rows.map((row) => wireRow(wire, row))
}

function wireBody(wire: Wire, fault: Fault, rows: unknown, total: unknown, more: boolean): object {
  if (wire === 'pinduoduo')
    return {
      refund_increment_get_response: fault.type === 'no-body' ? null : { refund_list: rows, total_count: total },
    }
  return { code: 10000, data: fault.type === 'no-body' ? null : { items: rows, total, has_more: more, page: 0 } }
}

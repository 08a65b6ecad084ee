/** A marketplace whose list of changes answers as it likes, on the wire of either connector. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'

export type Wire = 'pinduoduo' | 'douyin'

/** What is wrong with one answer; one thing at a time, so that no answer is a lie that agrees with itself. */
export type Fault =
  | { readonly type: 'none' }
  /** The page lacks its last rows; the total stays. */
  | { readonly type: 'short'; readonly rows: number }
  /** Instead of its last row the page has its first one again. */
  | { readonly type: 'doubled' }
  | { readonly type: 'total'; readonly by: number }
  /** The total in another form; 'absent': without. */
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

/** So many changes, of which some fill more than a page; never a number that a changed total could agree with by pages. */
export const countArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }) },
  { weight: 1, arbitrary: fc.integer({ min: 111, max: 188 }) },
)

export interface HostileList {
  readonly api: string
  /** The changes that there are: seconds by case number. */
  changes: Map<string, number>
  /** What is wrong with the answers, one after the other; after the last it begins anew. */
  faults: readonly Fault[]
  /** What is wrong with the answer to a question that begins at this second, before all others; undefined: nothing. */
  faultFrom: (second: number) => Fault | undefined
  /** What was answered since the last `forget`: the case numbers shown, and each total as it was sent. */
  readonly shown: Set<string>
  readonly totals: unknown[]
  forget(): void
  close(): Promise<void>
}

interface Question {
  readonly from: number
  readonly until: number
  readonly page: number
  readonly size: number
}

const questionOf = (wire: Wire, body: Readonly<Record<string, number>>): Question =>
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

const rowOf = (wire: Wire, [id, second]: readonly [string, number]): object =>
  wire === 'pinduoduo'
    ? { id, order_sn: `o-${id}`, updated_time: String(second) }
    : { aftersale_info: { aftersale_id: id, update_time: second } }

export async function openHostileList(wire: Wire): Promise<HostileList> {
  let number = 0
  const answer = (question: Question): { status: number; text: string } => {
    const fault = list.faultFrom(question.from) ??
      list.faults[number++ % Math.max(1, list.faults.length)] ?? { type: 'none' }
    const found = [...list.changes].filter(([, s]) => s >= question.from && s < question.until)
    found.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
    const page = found.slice(question.page * question.size, (question.page + 1) * question.size)
    if (fault.type === 'status') return { status: fault.status, text: '' }
    const total = totalOf(fault, found.length)
    const rows = rowsOf(wire, fault, page, list.shown)
    list.totals.push(total)
    const more = fault.type === 'more' || (question.page + 1) * question.size < found.length
    const text = JSON.stringify(bodyOf(wire, fault, rows, total, more))
    return { status: 200, text: fault.type === 'half' ? text.slice(0, text.length / 2) : text }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, number>
      const { status, text } = answer(questionOf(wire, body))
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
    forget() {
      number = 0
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

function totalOf(fault: Fault, count: number): unknown {
  if (fault.type === 'total') return Math.max(0, count + fault.by)
  if (fault.type !== 'form') return count
  return { absent: undefined, null: null, text: String(count), word: 'many', negative: -1 }[fault.form]
}

function rowsOf(wire: Wire, fault: Fault, page: readonly [string, number][], shown: Set<string>): unknown {
  if (fault.type === 'rows' && fault.form !== 'unnamed')
    return { absent: undefined, null: null, object: {} }[fault.form]
  if (fault.type === 'no-body' || fault.type === 'half') return []
  const named = fault.type === 'short' ? page.slice(0, Math.max(0, page.length - fault.rows)) : page
  const first = named[0]
  const rows = fault.type === 'doubled' && first !== undefined ? [...named.slice(0, -1), first] : named
  if (fault.type === 'rows') return rows.map(() => ({}))
  for (const [id] of rows) shown.add(id)
  return rows.map((row) => rowOf(wire, row))
}

function bodyOf(wire: Wire, fault: Fault, rows: unknown, total: unknown, more: boolean): object {
  if (wire === 'pinduoduo')
    return {
      refund_increment_get_response: fault.type === 'no-body' ? null : { refund_list: rows, total_count: total },
    }
  return { code: 10000, data: fault.type === 'no-body' ? null : { items: rows, total, has_more: more, page: 0 } }
}

import type { operations, Turn } from '../api/schema'

export type Sort = NonNullable<NonNullable<operations['QueueController_page']['parameters']['query']>['sort']>

export const TURNS: readonly Turn[] = ['us', 'buyer', 'platform', 'carrier', 'nobody']
export const DUE_CHOICES = ['overdue', '4h', '24h', '3d'] as const
export type DueChoice = (typeof DUE_CHOICES)[number]

/** What the queue shows, as in the address bar. `due` and `dueFrom`/`dueTo` exclude each other; money in fen. */
export interface QueueAddress {
  turn: Turn
  marketplace: string | undefined
  store: string[]
  kind: string[]
  status: string[]
  /** `me`, `none`, or the id of a colleague. */
  assignee: string | undefined
  due: DueChoice | undefined
  dueFrom: string | undefined
  dueTo: string | undefined
  riskFrom: number | undefined
  riskTo: number | undefined
  sort: Sort
}

/** Never fails: what has no meaning in the address bar is ignored. */
export function parseQueueAddress(params: URLSearchParams): QueueAddress {
  const due = DUE_CHOICES.find((choice) => choice === params.get('due'))
  return {
    turn: TURNS.find((turn) => turn === params.get('turn')) ?? 'us',
    marketplace: params.get('marketplace') || undefined,
    store: parseList(params.get('store')),
    kind: parseList(params.get('kind')),
    status: parseList(params.get('status')),
    assignee: parseAssignee(params.get('assignee')),
    due,
    dueFrom: due === undefined ? parseInstant(params.get('dueFrom')) : undefined,
    dueTo: due === undefined ? parseInstant(params.get('dueTo')) : undefined,
    riskFrom: parseFen(params.get('riskFrom')),
    riskTo: parseFen(params.get('riskTo')),
    sort: params.get('sort') === 'risk' ? 'risk' : 'deadline',
  }
}

/** The shortest query string that means the same; defaults are left out. */
export function queueSearchParams(address: QueueAddress): URLSearchParams {
  const params = new URLSearchParams()
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  put('turn', address.turn === 'us' ? undefined : address.turn)
  put('marketplace', address.marketplace)
  put('store', address.store.join())
  put('kind', address.kind.join())
  put('status', address.status.join())
  put('assignee', address.assignee)
  put('due', address.due)
  put('dueFrom', address.dueFrom)
  put('dueTo', address.dueTo)
  put('riskFrom', address.riskFrom)
  put('riskTo', address.riskTo)
  put('sort', address.sort === 'deadline' ? undefined : address.sort)
  return params
}

/** Whether a filter is set; the tab and the sort order are not filters. */
export function isNarrowed(address: QueueAddress): boolean {
  return queueSearchParams({ ...address, turn: 'us', sort: 'deadline' }).size > 0
}

/** The same tab and sort order, with all filters cleared. */
export function withoutFilters(address: QueueAddress): QueueAddress {
  return parseQueueAddress(
    queueSearchParams({ ...parseQueueAddress(new URLSearchParams()), turn: address.turn, sort: address.sort }),
  )
}

function parseList(text: string | null): string[] {
  return text === null ? [] : [...new Set(text.split(',').filter((part) => part !== ''))]
}

function parseAssignee(text: string | null): string | undefined {
  return text !== null && /^(?:me|none|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(text) ? text : undefined
}

function parseInstant(text: string | null): string | undefined {
  const at = text === null || text === '' ? Number.NaN : Date.parse(text)
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

function parseFen(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

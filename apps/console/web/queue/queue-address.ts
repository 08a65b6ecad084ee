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
  due: DueChoice | undefined
  dueFrom: string | undefined
  dueTo: string | undefined
  riskFrom: number | undefined
  riskTo: number | undefined
  sort: Sort
}

/** Total: whatever is in the address bar gives a queue; what has no meaning is ignored. */
export function parseQueueAddress(params: URLSearchParams): QueueAddress {
  const due = DUE_CHOICES.find((choice) => choice === params.get('due'))
  return {
    turn: TURNS.find((turn) => turn === params.get('turn')) ?? 'us',
    marketplace: params.get('marketplace') || undefined,
    store: parseList(params.get('store')),
    kind: parseList(params.get('kind')),
    status: parseList(params.get('status')),
    due,
    dueFrom: due === undefined ? parseInstant(params.get('dueFrom')) : undefined,
    dueTo: due === undefined ? parseInstant(params.get('dueTo')) : undefined,
    riskFrom: parseFen(params.get('riskFrom')),
    riskTo: parseFen(params.get('riskTo')),
    sort: params.get('sort') === 'risk' ? 'risk' : 'deadline',
  }
}

/** The shortest query string that means the same; defaults are left out. */
export function queueSearchParams(at: QueueAddress): URLSearchParams {
  const params = new URLSearchParams()
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  put('turn', at.turn === 'us' ? undefined : at.turn)
  put('marketplace', at.marketplace)
  put('store', at.store.join())
  put('kind', at.kind.join())
  put('status', at.status.join())
  put('due', at.due)
  put('dueFrom', at.dueFrom)
  put('dueTo', at.dueTo)
  put('riskFrom', at.riskFrom)
  put('riskTo', at.riskTo)
  put('sort', at.sort === 'deadline' ? undefined : at.sort)
  return params
}

/** Whether a filter is set; the tab and the sort order are not filters. */
export function isNarrowed(at: QueueAddress): boolean {
  return queueSearchParams({ ...at, turn: 'us', sort: 'deadline' }).size > 0
}

/** The same tab and sort order, with all filters cleared. */
export function withoutFilters(at: QueueAddress): QueueAddress {
  return parseQueueAddress(
    queueSearchParams({ ...parseQueueAddress(new URLSearchParams()), turn: at.turn, sort: at.sort }),
  )
}

function parseList(text: string | null): string[] {
  return text === null ? [] : [...new Set(text.split(',').filter((part) => part !== ''))]
}

function parseInstant(text: string | null): string | undefined {
  const at = text === null || text === '' ? Number.NaN : Date.parse(text)
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

function parseFen(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

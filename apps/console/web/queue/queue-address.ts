import type { Sort, Turn } from '../api/shapes'

export const TURNS: readonly Turn[] = ['us', 'buyer', 'platform', 'carrier', 'nobody']
export const DUE_CHOICES = ['overdue', '4h', '24h', '3d'] as const
export type DueChoice = (typeof DUE_CHOICES)[number]

/** What the queue shows, as the address bar says it. `due` and `dueFrom`/`dueTo` exclude each other; money in fen. */
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

/** Total: whatever someone typed into the address bar gives a queue; words that mean nothing are left out. */
export function addressOf(words: URLSearchParams): QueueAddress {
  const due = DUE_CHOICES.find((choice) => choice === words.get('due'))
  return {
    turn: TURNS.find((turn) => turn === words.get('turn')) ?? 'us',
    marketplace: words.get('marketplace') || undefined,
    store: listOf(words.get('store')),
    kind: listOf(words.get('kind')),
    status: listOf(words.get('status')),
    due,
    dueFrom: due === undefined ? instantOf(words.get('dueFrom')) : undefined,
    dueTo: due === undefined ? instantOf(words.get('dueTo')) : undefined,
    riskFrom: fenOf(words.get('riskFrom')),
    riskTo: fenOf(words.get('riskTo')),
    sort: words.get('sort') === 'risk' ? 'risk' : 'deadline',
  }
}

/** The shortest words that mean the same; defaults are not written. */
export function wordsOf(at: QueueAddress): URLSearchParams {
  const words = new URLSearchParams()
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '') words.set(name, String(value))
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
  return words
}

/** Whether anything narrows the tab; the tab and the order of the rows do not. */
export function isNarrowed(at: QueueAddress): boolean {
  return wordsOf({ ...at, turn: 'us', sort: 'deadline' }).size > 0
}

export function widened(at: QueueAddress): QueueAddress {
  return addressOf(wordsOf({ ...addressOf(new URLSearchParams()), turn: at.turn, sort: at.sort }))
}

function listOf(text: string | null): string[] {
  return text === null ? [] : [...new Set(text.split(',').filter((part) => part !== ''))]
}

function instantOf(text: string | null): string | undefined {
  const at = text === null || text === '' ? Number.NaN : Date.parse(text)
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

function fenOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

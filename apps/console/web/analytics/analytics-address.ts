/** What is shown, as in the address bar. */
export interface AnalyticsAddress {
  topic: Topic
  /** The first and the last day, `YYYY-MM-DD` of Beijing. */
  from: string
  until: string
  grain: Grain
  metric: string
  dimension: string | undefined
  stores: readonly string[]
  kinds: readonly string[]
  /** The cell whose cases are listed. */
  cell: Cell | undefined
}

/** Days from `from` on, before `to`; with the value of the dimension, if divided. */
export interface Cell {
  part: Part
  from: string
  to: string
  member: string | undefined
}

export const GRAINS = ['day', 'week', 'month'] as const
export type Grain = (typeof GRAINS)[number]
export const PARTS = ['numerator', 'denominator', 'unknown'] as const
export type Part = (typeof PARTS)[number]

/** The figures of each topic, the one of the chart first. */
export const TOPICS = {
  overview: [
    'cases',
    'refunded_fen',
    'dispute_refund_rate',
    'auto_decided_share',
    'first_answer_p50',
    'breached_deadlines',
  ],
  disputes: [
    'dispute_refund_rate',
    'dispute_refund_count',
    'intervention_rate',
    'reject_then_intervention_rate',
    'quality_return_rate',
    'appeal_win_rate',
  ],
  deadlines: [
    'breached_deadlines',
    'timeout_refund_count',
    'timeout_refund_rate',
    'timeout_refund_fen',
    'first_answer_p90',
    'completion_p90',
  ],
} as const
export type Topic = keyof typeof TOPICS

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30
const DAY = /^20\d\d-\d\d-\d\d$/

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
const isDay = (text: string | null): text is string =>
  text !== null && DAY.test(text) && Number.isFinite(Date.parse(text)) && addDays(text, 0) === text

/** Never fails: what is not valid is left at its default. `today`: of Beijing. */
export function analyticsAddressOf(params: URLSearchParams, today: string): AnalyticsAddress {
  const topic = oneOf(Object.keys(TOPICS) as Topic[], params.get('topic')) ?? 'overview'
  const [until, from] = [params.get('until'), params.get('from')]
  const last = isDay(until) ? until : today
  const first = isDay(from) && from <= last ? from : addDays(last, 1 - DEFAULT_DAYS)
  return {
    topic,
    from: first,
    until: last,
    grain: oneOf(GRAINS, params.get('grain')) ?? 'day',
    metric: oneOf<string>(TOPICS[topic], params.get('metric')) ?? TOPICS[topic][0],
    dimension: params.get('by') || undefined,
    stores: listOf(params.get('store')),
    kinds: listOf(params.get('kind')),
    cell: cellOf(params.get('cell')),
  }
}

const listOf = (text: string | null): readonly string[] => (text ? text.split(',') : [])
const oneOf = <T extends string>(all: readonly T[], text: string | null): T | undefined =>
  all.find((one) => one === text)

function cellOf(text: string | null): Cell | undefined {
  const [part = '', from = '', to = '', ...member] = (text ?? '').split('~')
  const known = oneOf(PARTS, part)
  if (known === undefined || !isDay(from) || !isDay(to)) return undefined
  return { part: known, from, to, member: member.length === 0 ? undefined : member.join('~') }
}

export function analyticsParamsOf({ topic, from, until, grain, metric, ...at }: AnalyticsAddress): URLSearchParams {
  const params = new URLSearchParams({ topic, from, until, grain, metric })
  if (at.dimension !== undefined) params.set('by', at.dimension)
  if (at.stores.length > 0) params.set('store', at.stores.join(','))
  if (at.kinds.length > 0) params.set('kind', at.kinds.join(','))
  if (at.cell !== undefined) {
    const { part, from: first, to, member } = at.cell
    params.set('cell', [part, first, to, ...(member === undefined ? [] : [member])].join('~'))
  }
  return params
}

/** The filters as the API takes them. */
export const filtersOf = ({ stores, kinds }: Pick<AnalyticsAddress, 'stores' | 'kinds'>): string[] => [
  ...stores.map((store) => `store:${store}`),
  ...kinds.map((kind) => `kind:${kind}`),
]

/** The day after the last one of a period. */
export function periodEnd(period: string, grain: Grain): string {
  if (grain !== 'month') return addDays(period, grain === 'week' ? 7 : 1)
  return addDays(`${addDays(`${period.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, 0)
}

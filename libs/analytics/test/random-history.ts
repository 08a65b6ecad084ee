import type {
  Action,
  ActionName,
  Actor,
  Appeal,
  AppealKind,
  AfterSaleCase,
  Command,
  DisputeStage,
  Facets,
  GoodsStage,
  Kind,
  MarketplaceAnswer,
  MoneyStage,
  Outcome,
  Status,
} from '#after-sale'
import { ACTION_WARNINGS, DISPUTE_STAGES, KINDS, MONEY_STAGES, OUTCOMES, STATUSES, deadlinesOf } from '#after-sale'
import { answerOf, requestOf } from '../../../test/support/action-commands'
import type { Draws } from './draws'

export const DAY = 86_400_000
/** Just before midnight in Shanghai, so that days there and days in UTC differ. */
export const FIRST_DAY = Date.UTC(2026, 8, 1, 15, 30)
export const DAYS = 45

type Names<T> = readonly [T, ...T[]]
const namesOf = <T extends string>(table: Readonly<Record<T, unknown>>): Names<T> =>
  Object.keys(table) as unknown as Names<T>

const STATUS_NAMES = namesOf<Status>(STATUSES)
const KIND_NAMES = namesOf<Kind>(KINDS)
const OUTCOME_NAMES = namesOf<Outcome>(OUTCOMES)
const DISPUTE_NAMES = namesOf<DisputeStage>(DISPUTE_STAGES)
const MONEY_NAMES = namesOf<MoneyStage>(MONEY_STAGES)
const REASONS: Names<string> = ['质量问题', '七天无理由', '与描述不符', '漏发', '说不清', '物流太慢']
const SKUS: Names<string> = ['cup', 'lamp', 'shoe', 'sock', 'rug']
const CARRIERS: Names<string> = ['SF', 'ZTO', 'YTO']
const STRATEGY: Actor = { kind: 'strategy', id: 's-1', version: 1 }
const ACTORS: Names<Actor> = [{ kind: 'person', id: 'lin' }, STRATEGY, { kind: 'strategy', id: 's-1', version: 2 }]
const ANSWERS: Names<MarketplaceAnswer> = [
  { type: 'done' },
  { type: 'done' },
  { type: 'in-doubt' },
  { type: 'refused', code: '5' },
]
const REQUESTED: Names<ActionName> = [
  'approve-refund',
  'approve-refund',
  'send-small-payment',
  'send-small-payment',
  'approve-return',
  'reject',
  'appeal',
  'negotiate',
]
const GOODS: Names<GoodsStage> = ['in-transit', 'delivered', 'delivered', 'received']
const APPEALED: Names<AppealKind> = ['liability', 'goods-money', 'freight']
const RESULTS: Names<'won' | 'partly' | 'lost'> = ['won', 'partly', 'lost']
/** A request as it usually begins; some of it is drawn otherwise. */
const NEW: Partial<Facets> = {
  status: { status: 'awaiting-merchant-decision', raw: 'awai' },
  kind: { kind: 'refund-only' },
  amounts: { total: 8900, legs: {} },
}
const REFUNDED: Facets['status'] = { status: 'succeeded', raw: 'succ', outcome: 'refunded' }
const BUDGET = 1_000_000
const CONFIRMED = Object.keys(ACTION_WARNINGS) as (keyof typeof ACTION_WARNINGS)[]

/** Whose a case is: five stores of two organisations, at two marketplaces. */
export const ownerOf = (n: number): { readonly org: number; readonly store: number; readonly marketplace: string } => {
  const store = 1 + (n % 5)
  return { org: store === 5 ? 2 : 1, store, marketplace: store % 2 === 0 ? 'mart' : 'bazaar' }
}

/** What happens next to the case of this number, as it is known: a report (one in five is late), an action, an answer, a deadline. */
export function nextCommand(n: number, known: AfterSaleCase | undefined, draws: Draws): Command {
  if (known === undefined) return report(n, known, draws)
  const now = (known.lastSeen?.observedAt ?? FIRST_DAY) + draws.below(DAY)
  const usual = draws.oneIn(2) ? usualNext(n, known, now, draws) : undefined
  if (usual !== undefined) return usual
  const waiting = known.intents?.find(({ state }) => state === 'intended')
  const appeal = known.appeals?.at(-1)
  const chance = draws.below(12)
  if (chance < 4) return action(known, now, draws)
  if (chance < 7 && waiting !== undefined)
    return answerOf(draws.oneOf(ANSWERS), { intent: waiting.id, sentAt: now, now })
  if (chance === 7) return deadline(known, draws)
  if (chance === 8 && waiting !== undefined)
    return { type: 'CloseAction', intent: waiting.id, as: 'withdrawn', by: { kind: 'person', id: 'lin' }, now }
  if (chance > 8 && appeal !== undefined) return appealResult(appeal, now, draws)
  return report(n, known, draws)
}

/**
 * What is common in the trade and rare by chance: a strategy refunds; a deadline passes and the platform refunds; a ruling is
 * appealed; a rejection is escalated.
 */
function usualNext(n: number, known: AfterSaleCase, now: number, draws: Draws): Command | undefined {
  const facets = (some: Partial<Facets>): Command => ({ ...report(n, known, draws), facets: some }) as Command
  const request = (action: Action | ActionName, by: Actor): Command =>
    requestOf(action, { ...requested(known, now, draws), by })
  const untouched = known.intents === undefined
  switch (n % 5) {
    case 0:
      if (known.goods?.stage !== 'delivered') return facets({ goods: { stage: 'delivered', parcels: [] } })
      if (untouched) return request('send-small-payment', ACTORS[0])
      return answerOf({ type: 'in-doubt' }, { intent: known.intents?.[0]?.id ?? '', sentAt: now, now })
    case 1:
      if (untouched) return request('approve-refund', STRATEGY)
      return facets({ status: REFUNDED, dispute: { stage: 'none' } })
    case 2:
      if (!untouched) return undefined
      if (known.passed.SELLER_RESPONSE === undefined) return deadline(known, draws)
      return facets({ status: REFUNDED })
    case 3:
      if (known.appeals !== undefined) return undefined
      if (known.dispute?.stage !== 'ruled-for-buyer')
        return facets({ dispute: { stage: 'ruled-for-buyer' }, money: { stage: 'refunded' } })
      return request(appealOf('goods-money', 100 + draws.below(400)), ACTORS[0])
    default:
      if (untouched) return request('reject', draws.oneOf(ACTORS))
      return known.dispute === undefined ? facets({ dispute: { stage: 'platform-intervened' } }) : undefined
  }
}

const requested = (known: AfterSaleCase, now: number, draws: Draws) => ({
  intent: `i-${known.version}-${draws.below(1_000_000)}`,
  way: draws.oneIn(3) ? ('ASSISTED' as const) : ('API' as const),
  judged: known.lastSeen?.revision ?? 0,
  confirmed: CONFIRMED,
  budgetLeft: BUDGET,
  now,
})

const appealOf = (kind: AppealKind, amount: number | undefined): Action => ({
  name: 'appeal',
  items: [{ kind, text: '说明', ...(amount === undefined ? {} : { amount }) }],
  evidence: [{ hash: 'aa', kind: 'image' }],
})

function action(known: AfterSaleCase, now: number, draws: Draws): Command {
  const waiting = known.intents?.find(({ state, way }) => state === 'intended' && way === 'ASSISTED')
  if (waiting !== undefined && draws.oneIn(2))
    return { type: 'AttestAction', intent: waiting.id, by: { kind: 'person', id: 'lin' }, now }
  const name = draws.oneOf(REQUESTED)
  const kind = draws.oneOf(APPEALED)
  const amount = kind === 'liability' || draws.oneIn(3) ? undefined : 100 + draws.below(900)
  const by = name === 'appeal' ? ACTORS[0] : draws.oneOf(ACTORS)
  return requestOf(name === 'appeal' ? appealOf(kind, amount) : name, { ...requested(known, now, draws), by })
}

function deadline(known: AfterSaleCase, draws: Draws): Command {
  const next = draws.oneOf([deadlinesOf(known)[0], deadlinesOf(known).at(-1)])
  const due = next?.due ?? FIRST_DAY
  return { type: 'FireTimer', kind: next?.kind ?? 'SELLER_RESPONSE', due, now: due + draws.below(60_000) }
}

function appealResult(appeal: Appeal, now: number, draws: Draws): Command {
  const result = draws.oneOf(RESULTS)
  return {
    type: 'RecordAppealResult',
    appeal: appeal.id,
    kind: appeal.items[0]?.kind ?? 'liability',
    result,
    ...(result === 'partly' ? { recovered: 1 + draws.below(90) } : {}),
    decidedAt: now,
    by: { kind: 'person', id: 'lin' },
    now,
  }
}

function report(n: number, known: AfterSaleCase | undefined, draws: Draws): Command {
  const { org, store, marketplace } = ownerOf(n)
  const first = FIRST_DAY + draws.below(DAYS) * DAY + draws.below(DAY)
  const newest = known?.lastSeen?.revision ?? first
  const revision = known === undefined ? first : newest + (draws.oneIn(5) ? -1 : 1) * draws.below(2 * DAY)
  return {
    type: 'RecordObservation',
    identity: { organisation: String(org), store: String(store), marketplace, caseNumber: `C${n}` },
    stamp: { revision, observedAt: Math.max(revision, newest) + draws.below(10_000) },
    ...(draws.oneIn(3) ? { appliedAt: first - draws.below(DAY) } : {}),
    facets: { ...(known === undefined ? NEW : {}), ...facets(draws, n % 3 === 0) },
  }
}

/** @param quiet without the platform, and with what it refunded unknown: what else most cases would not be */
function facets(draws: Draws, quiet: boolean): Partial<Facets> {
  const some = <T>(facet: T): Partial<T> => (draws.oneIn(2) ? {} : facet)
  const status = draws.oneIn(2) ? 'awaiting-merchant-decision' : draws.oneOf(STATUS_NAMES)
  return {
    ...some({
      status: {
        status,
        raw: status.slice(0, 4),
        ...(STATUSES[status].final ? { outcome: draws.oneIn(2) ? 'refunded' : draws.oneOf(OUTCOME_NAMES) } : {}),
      },
    }),
    ...some({ kind: { kind: draws.oneIn(2) ? 'refund-only' : draws.oneOf(KIND_NAMES) } }),
    ...some({ amounts: { total: draws.below(500), legs: {} } }),
    ...(draws.oneIn(quiet ? 9 : 2) ? { amountRefunded: { total: draws.below(500) } } : {}),
    ...some({ reason: { text: draws.oneOf(REASONS) } }),
    ...some({ money: { stage: draws.oneOf(MONEY_NAMES) } }),
    ...some({ dispute: { stage: quiet ? 'none' : draws.oneIn(3) ? 'ruled-for-buyer' : draws.oneOf(DISPUTE_NAMES) } }),
    ...some({
      order: {
        orderNumber: `O${draws.below(9)}`,
        lines: Array.from({ length: draws.below(3) }, (_, i) => ({ lineId: `l${i}`, sku: draws.oneOf(SKUS) })),
      },
    }),
    ...some({
      goods: {
        stage: draws.oneOf(GOODS),
        parcels: Array.from({ length: draws.below(3) }, (_, i) => ({
          direction: draws.oneIn(3) ? 'back' : 'out',
          tracking: `T${i}`,
          carrier: draws.oneOf(CARRIERS),
        })),
      },
    }),
  }
}

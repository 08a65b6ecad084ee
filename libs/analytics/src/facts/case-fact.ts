import type { AfterSaleCase, Instant, Intent, Truth } from '#after-sale'
import {
  askedOf,
  agreedOf,
  defaultStoreTerms,
  disputeRefund,
  durationBetween,
  caseEndOf,
  endedWithoutPlatform,
  firstAnswerOf,
  firstReasonClassOf,
  caseKeyOf,
  interventionAfterRejecting,
  intervened,
  isDeciding,
  isFinal,
  isQualityReturn,
  reasonClassOf,
  refundBySilence,
  refundCostOf,
  refundedOf,
  rejectionTimeOf,
  wasRefunded,
} from '#after-sale'
import { bucketOf } from '../roll-ups/histogram'
import type { CASE_COLUMNS } from './case-columns'
import type { FactValue } from './column'
import { dayOf } from './day'

/** The case of a fact, and whose it is. */
export interface FactSubject {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly afterSale: AfterSaleCase
}

type CaseFact = Readonly<Record<keyof typeof CASE_COLUMNS, FactValue>>

/** What every fact about a case begins with. */
export const ofCase = ({ id, org, store, afterSale }: FactSubject) => ({
  case_id: id,
  org,
  store,
  marketplace: afterSale.marketplace,
  kind: afterSale.kind?.kind ?? 'unknown',
  reason_first: firstReasonClassOf(afterSale, defaultStoreTerms) ?? 'unknown',
})

/**
 * The facts of a case, from its state alone: a late, corrected or repeated report changes the state, and with it the row and the
 * day that it belongs to. Reasons are classified by the published table, so that the figures of all stores mean the same.
 */
export function caseFactOf(subject: FactSubject): CaseFact {
  const { afterSale } = subject
  const { status, goods, money, dispute } = afterSale
  const liabilityWon = liabilityAppealWon(afterSale)
  const quality = isQualityReturn(afterSale, defaultStoreTerms)
  return {
    ...ofCase(subject),
    case_number: afterSale.caseNumber,
    order_number: afterSale.order?.orderNumber ?? null,
    version: afterSale.version,
    status: status?.status ?? 'unknown',
    outcome: status?.outcome ?? 'none',
    goods_stage: goods?.stage ?? 'unknown',
    money_stage: money?.stage ?? 'unknown',
    dispute_stage: dispute?.stage ?? 'unknown',
    reason: reasonClassOf(afterSale, defaultStoreTerms) ?? 'unknown',
    products: productsOf(afterSale),
    couriers: couriersOf(afterSale),
    ...timesOf(afterSale),
    ...refundOf(afterSale),
    ...decisionOf(afterSale),
    rejected: rejectionTimeOf(afterSale) !== undefined,
    intervened: booleanOrNull(intervened(afterSale)),
    rejected_then_intervened: booleanOrNull(interventionAfterRejecting(afterSale)),
    ruled_day: ruledDayOf(afterSale),
    dispute_refund: booleanOrNull(disputeRefund(afterSale, new Set(liabilityWon ? [caseKeyOf(afterSale)] : []))),
    liability_appeal_won: liabilityWon,
    counts_as_return: quality !== undefined,
    quality_return: booleanOrNull(quality),
  }
}

/** Unknown stays unknown: `null`, which is neither counted as true nor as false. */
const booleanOrNull = (truth: Truth | undefined): boolean | null =>
  truth === undefined || truth === 'unknown' ? null : truth === 'true'

const askedAtOf = ({ appliedAt, openedAt }: AfterSaleCase): Instant => appliedAt ?? openedAt

/** A ruling without a time is counted on the day of the application rather than nowhere. */
function ruledDayOf(afterSale: AfterSaleCase): string | null {
  const ruledAt = afterSale.reached['dispute:ruled-for-buyer']
  if (ruledAt === undefined && afterSale.dispute?.stage !== 'ruled-for-buyer') return null
  return dayOf(ruledAt) ?? dayOf(askedAtOf(afterSale))
}

function timesOf(afterSale: AfterSaleCase) {
  const askedAt = askedAtOf(afterSale)
  const finished = isFinal(afterSale)
  const finishedAt = finished ? caseEndOf(afterSale) : undefined
  const answeredAt = firstAnswerOf(afterSale)
  const answer = durationBetween(afterSale.appliedAt, answeredAt)
  const completion = durationBetween(afterSale.appliedAt, finishedAt)
  return {
    asked_at: askedAt,
    asked_day: dayOf(askedAt),
    finished,
    finished_at: finishedAt ?? null,
    // An end without a time is counted on the day of the application rather than nowhere.
    finished_day: finished ? (dayOf(finishedAt) ?? dayOf(askedAt)) : null,
    first_answer_at: answeredAt ?? null,
    first_answer_day: dayOf(answeredAt),
    first_answer_ms: answer ?? null,
    first_answer_bucket: answer === undefined ? null : bucketOf(answer),
    completion_ms: completion ?? null,
    completion_bucket: completion === undefined ? null : bucketOf(completion),
    self_completed: finished && endedWithoutPlatform(afterSale),
  }
}

function refundOf(afterSale: AfterSaleCase) {
  const refunded = wasRefunded(afterSale)
  const cost = refunded ? refundCostOf(afterSale) : undefined
  const { reached } = afterSale
  const refundedAt = reached['money:refunded'] ?? (isFinal(afterSale) ? caseEndOf(afterSale) : undefined)
  return {
    asked_fen: askedOf(afterSale) ?? null,
    agreed_fen: agreedOf(afterSale) ?? null,
    refunded_fen: refundedOf(afterSale) ?? null,
    refunded,
    refunded_day: refunded ? (dayOf(refundedAt) ?? dayOf(askedAtOf(afterSale))) : null,
    refund_cost_fen: cost?.fen ?? null,
    refund_cost_reported: cost?.source === 'refunded',
    refunded_by_timeout: booleanOrNull(refundBySilence(afterSale)),
  }
}

function decisionOf(afterSale: AfterSaleCase) {
  const intent = decisionIntentOf(afterSale)
  return {
    decided_by: intent?.by.kind ?? deciderOf(afterSale),
    strategy: intent === undefined ? 'none' : strategyOf(intent),
    decided_at: intent?.at ?? null,
    decided_day: dayOf(intent?.at),
  }
}

/** Our first decision on the application that the marketplace accepted. */
const decisionIntentOf = ({ intents = [] }: AfterSaleCase): Intent | undefined =>
  intents
    .filter((intent) => tookEffect(intent) && isDeciding(intent.action.name))
    .reduce<Intent | undefined>((first, one) => (first === undefined || one.at < first.at ? one : first), undefined)

/** Whether the marketplace accepted an action or shows it. */
export const tookEffect = ({ state }: Intent): boolean => state === 'confirmed' || state === 'answered'

/** The strategy of an action as `id/version`; `none`: a person's. */
export const strategyOf = ({ by }: Intent): string => (by.kind === 'strategy' ? `${by.id}/${by.version}` : 'none')

const deciderOf = (afterSale: AfterSaleCase): 'time-out' | 'others' | 'undecided' =>
  refundBySilence(afterSale) === 'true' ? 'time-out' : isFinal(afterSale) ? 'others' : 'undecided'

const liabilityAppealWon = ({ appeals = [] }: AfterSaleCase): boolean =>
  appeals.some(({ items }) =>
    items.some(({ kind, result }) => kind === 'liability' && (result === 'won' || result === 'partly')),
  )

const productsOf = ({ order }: AfterSaleCase): readonly string[] =>
  sortedSet(order?.lines.map(({ sku, lineId }) => sku ?? lineId) ?? [])

const couriersOf = ({ goods }: AfterSaleCase): readonly string[] =>
  sortedSet(
    goods?.parcels.flatMap(({ direction, carrier }) =>
      direction === 'out' && carrier !== undefined ? [carrier] : [],
    ) ?? [],
  )

const sortedSet = (all: readonly string[]): readonly string[] => [...new Set(all)].sort()

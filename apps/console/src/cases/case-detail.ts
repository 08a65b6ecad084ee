import type {
  AfterSaleCase,
  DisputeStage,
  FacetName,
  GoodsStage,
  Instant,
  Leg,
  MoneyStage,
  ReasonCodeFacet,
  ReasonFacet,
} from '#after-sale'
import { agreedOf, askedOf, deadlinesOf, isFullRefund, reachedAt, refundedOf, stageOf } from '#after-sale'
import type { CaseDetails, UnreadCase } from '#read-models'
import { actionAnswersOf, offeredAnswersOf } from '../actions/action-answers'
import { iso, isoOrNull } from '../core/instants'
import { maskPhones } from '../core/mask-personal-data'
import type { StoreNameAnswer } from '../core/store-name.answer'
import { caseRowOf } from '../queue/case-row'
import type { CaseReason } from '../queue/queue.answer'
import type { CaseDetail, OrderLine, UnreadCaseAnswer } from './case.answer'

/** One case as the API shows it; null where something is not known. */
export function caseDetailOf(
  { item, afterSale, siblings, sharedWith, unread }: CaseDetails,
  nameOf: (store: number) => StoreNameAnswer,
  now: Instant,
): CaseDetail {
  const { goods, money, dispute, amounts } = afterSale
  const since = (facet: FacetName): string | null => isoOrNull(reachedAt(afterSale.reached, stageOf(facet, afterSale)))
  return {
    now: iso(now),
    row: caseRowOf(item, nameOf, now),
    unread: unreadAnswerOf(unread, afterSale),
    rails: {
      goods: {
        stage: goods?.stage ?? null,
        since: since('goods'),
        reached: stagesReached<GoodsStage>(afterSale, 'goods'),
      },
      money: {
        stage: money?.stage ?? null,
        since: since('money'),
        payer: money?.payer ?? null,
        reached: stagesReached<MoneyStage>(afterSale, 'money'),
      },
      dispute: {
        stage: dispute?.stage ?? null,
        since: since('dispute'),
        id: dispute?.id ?? null,
        reached: stagesReached<DisputeStage>(afterSale, 'dispute'),
      },
    },
    amounts: {
      // Asked, agreed and actually refunded are three facts; null is unknown.
      totalFen: askedOf(afterSale) ?? null,
      agreedFen: agreedOf(afterSale) ?? null,
      refundedFen: refundedOf(afterSale) ?? null,
      fullRefund: isFullRefund(afterSale),
      legs: (Object.entries(amounts?.legs ?? {}) as [Leg, number][]).map(([leg, fen]) => ({ leg, fen })),
    },
    firstReason: reasonOf(afterSale.firstReason, afterSale.firstReasonCode),
    reason: reasonOf(afterSale.reason, afterSale.reasonCode),
    lines: linesOf(afterSale),
    parcels: (goods?.parcels ?? []).map(({ direction, carrier, tracking, state }) => ({
      direction,
      carrier: carrier ?? null,
      tracking,
      state: state ?? null,
      sharedWith: [...(sharedWith.get(tracking) ?? [])],
    })),
    deadlines: deadlinesOf(afterSale).map(({ kind, turn, due, source, onBreach, atRisk, passed }) => ({
      kind,
      turn,
      due: iso(due),
      source,
      onBreach,
      riskFen: atRisk,
      passed,
    })),
    revision: isoOrNull(afterSale.lastSeen?.revision),
    actions: actionAnswersOf(afterSale.intents),
    offered: offeredAnswersOf(afterSale),
    siblings: siblings.map((sibling) => caseRowOf(sibling, nameOf, now)),
    flags: [...(afterSale.flags ?? [])],
  }
}

/** The marketplace was asked for the case and did not return it: what is shown meanwhile is as old as `lastToldAt`. */
const unreadAnswerOf = (unread: UnreadCase | null, afterSale: AfterSaleCase): UnreadCaseAnswer | null =>
  unread === null
    ? null
    : {
        askedAt: iso(unread.askedAt),
        failingSince: iso(unread.failingSince),
        lastToldAt: isoOrNull(afterSale.lastSeen?.observedAt),
        attempts: unread.attempts,
        kind: unread.kind,
        why: maskPhones(unread.why),
        nextAt: iso(unread.nextAt),
      }

/** Stages of one rail that the case is known to have reached, earliest first. */
const stagesReached = <S extends string>({ reached }: AfterSaleCase, rail: string): { stage: S; at: string }[] =>
  Object.entries(reached)
    .filter(([stage]) => stage.startsWith(`${rail}:`))
    .sort(([, one], [, other]) => one - other)
    .map(([stage, at]) => ({ stage: stage.slice(rail.length + 1) as S, at: iso(at) }))

const reasonOf = (reason: ReasonFacet | undefined, code: ReasonCodeFacet | undefined): CaseReason | null =>
  reason === undefined && code === undefined
    ? null
    : { text: reason === undefined ? null : maskPhones(reason.text), code: code?.code ?? null }

const linesOf = ({ order }: AfterSaleCase): OrderLine[] =>
  (order?.lines ?? []).map(({ lineId, title, sku, quantity, paid }) => ({
    lineId,
    title: title ?? null,
    sku: sku ?? null,
    quantity: quantity ?? null,
    paidFen: paid ?? null,
  }))

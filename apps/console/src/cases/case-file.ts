import type { AfterSaleCase, FacetName, Instant, ReasonCodeFacet, ReasonFacet } from '#after-sale'
import { agreedOf, askedOf, deadlinesOf, isFullRefund, reachedAt, refundedOf, stageOf } from '#after-sale'
import type { CaseDetails, UnreadCase } from '#read-models'
import { actionsOf } from '../actions/actions'
import { withoutPhones } from '../core/mask-personal-data'
import { iso, isoOrNull, rowOf } from '../queue/case-row'
import type { StoreName } from '../core/scope'

/** One case as the API shows it; null where nobody told. */
export function caseFileOf(
  { item, afterSale, siblings, sharedWith, unread }: CaseDetails,
  nameOf: (store: number) => StoreName,
  now: Instant,
): unknown {
  const { goods, money, dispute, amounts } = afterSale
  const since = (facet: FacetName): string | null => isoOrNull(reachedAt(afterSale.reached, stageOf(facet, afterSale)))
  const reached = (rail: string): unknown[] => stagesReached(afterSale, rail)
  return {
    now: iso(now),
    row: rowOf(item, nameOf, now),
    unread: unreadOf(unread, afterSale),
    rails: {
      goods: { stage: goods?.stage ?? null, since: since('goods'), reached: reached('goods') },
      money: {
        stage: money?.stage ?? null,
        since: since('money'),
        payer: money?.payer ?? null,
        reached: reached('money'),
      },
      dispute: {
        stage: dispute?.stage ?? null,
        since: since('dispute'),
        id: dispute?.id ?? null,
        reached: reached('dispute'),
      },
    },
    amounts: {
      // Asked, agreed and actually refunded are three facts; null is unknown.
      totalFen: askedOf(afterSale) ?? null,
      agreedFen: agreedOf(afterSale) ?? null,
      refundedFen: refundedOf(afterSale) ?? null,
      fullRefund: isFullRefund(afterSale),
      // Who bears a leg and how far it is paid no marketplace tells yet.
      legs: Object.entries(amounts?.legs ?? {}).map(([leg, fen]) => ({ leg, fen, payer: null, state: null })),
    },
    firstReason: reasonOf(afterSale.firstReason, afterSale.firstReasonCode),
    reason: reasonOf(afterSale.reason, afterSale.reasonCode),
    lines: linesOf(afterSale),
    parcels: (goods?.parcels ?? []).map(({ direction, carrier, tracking, state }) => ({
      direction,
      carrier: carrier ?? null,
      tracking,
      state: state ?? null,
      sharedWith: sharedWith.get(tracking) ?? [],
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
    // What whoever acts must say that he looked at.
    revision: isoOrNull(afterSale.lastSeen?.revision),
    actions: actionsOf(afterSale.intents),
    siblings: siblings.map((sibling) => rowOf(sibling, nameOf, now)),
    flags: afterSale.flags ?? [],
    openInConsole: null,
  }
}

/** What the marketplace was asked to show and did not: what is shown meanwhile is as old as `lastToldAt`. */
const unreadOf = (unread: UnreadCase | null, afterSale: AfterSaleCase): unknown =>
  unread === null
    ? null
    : {
        askedAt: iso(unread.askedAt),
        failingSince: iso(unread.failingSince),
        lastToldAt: isoOrNull(afterSale.lastSeen?.observedAt),
        attempts: unread.attempts,
        kind: unread.kind,
        why: withoutPhones(unread.why),
        nextAt: iso(unread.nextAt),
      }

/** Stages of one rail that the case is known to have come to, earliest first. */
const stagesReached = ({ reached }: AfterSaleCase, rail: string): unknown[] =>
  Object.entries(reached)
    .filter(([stage]) => stage.startsWith(`${rail}:`))
    .sort(([, one], [, other]) => one - other)
    .map(([stage, at]) => ({ stage: stage.slice(rail.length + 1), at: iso(at) }))

const reasonOf = (reason: ReasonFacet | undefined, code: ReasonCodeFacet | undefined): unknown =>
  reason === undefined && code === undefined
    ? null
    : { text: reason === undefined ? null : withoutPhones(reason.text), code: code?.code ?? null }

const linesOf = ({ order }: AfterSaleCase): unknown[] =>
  (order?.lines ?? []).map(({ lineId, title, sku, quantity, paid }) => ({
    lineId,
    title: title ?? null,
    sku: sku ?? null,
    quantity: quantity ?? null,
    paidFen: paid ?? null,
  }))

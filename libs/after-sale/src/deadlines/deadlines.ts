import type { AfterSaleCase } from '../case'
import type { Breach, DeadlineKind, DeadlineSource } from './deadline-kinds'
import { DEADLINES } from './deadline-kinds'
import type { Fen, Instant } from '../facets'
import { amountAtRiskOf } from '../money/money'
import { reachedAt, stageOf } from '../reports/reached'
import type { Status } from '../glossary/status'
import type { TermsOfTrade } from '../terms'
import { DEFAULT_TERMS } from '../terms'
import { isFinal } from '../turn'
import type { Kind, Turn } from '../glossary/vocabulary'

/** One obligation: who must act by when, how we know, what happens otherwise, and what it may cost (fen). */
export interface Deadline {
  readonly kind: DeadlineKind
  readonly turn: Turn
  readonly due: Instant
  readonly source: DeadlineSource
  readonly onBreach: Breach
  readonly atRisk: Fen
  /** The due time has passed; the platform has not yet shown what it did. */
  readonly passed: boolean
}

/** The deadline that runs in each status; total, so that a new status does not compile without one. */
const DEADLINE_OF_STATUS: Readonly<Record<Status, DeadlineKind | undefined>> = {
  'awaiting-merchant-decision': 'SELLER_RESPONSE',
  'awaiting-merchant-receipt': 'SELLER_RECEIPT',
  'awaiting-merchant-shipment': 'SELLER_SHIPMENT',
  'awaiting-recall': 'SELLER_RECALL',
  'awaiting-buyer-return': 'BUYER_RETURN',
  'awaiting-buyer-action': 'BUYER_RESPONSE',
  'awaiting-buyer-receipt': 'BUYER_RECEIPT',
  'awaiting-refusal': 'BUYER_RESPONSE',
  refused: 'BUYER_RESPONSE',
  'platform-handling': undefined,
  refunding: 'REFUND_ARRIVAL',
  succeeded: undefined,
  closed: undefined,
}

/**
 * Every obligation that follows from the case as it is known, earliest first. Pure; the stored timers are derived from
 * it.
 */
export function deadlinesOf(afterSale: AfterSaleCase, terms: TermsOfTrade = DEFAULT_TERMS): readonly Deadline[] {
  if (isFinal(afterSale)) return []
  const deadlines = [statusDeadline(afterSale, terms), evidenceDeadline(afterSale, terms)].filter(
    (d) => d !== undefined,
  )
  return deadlines.sort((a, b) => a.due - b.due)
}

/** The obligation that the queue counts down: our earliest one, else the earliest of all. */
export function nextDeadlineOf(afterSale: AfterSaleCase, terms?: TermsOfTrade): Deadline | undefined {
  const deadlines = deadlinesOf(afterSale, terms)
  return deadlines.find((d) => d.turn === 'us') ?? deadlines[0]
}

function statusDeadline(afterSale: AfterSaleCase, terms: TermsOfTrade): Deadline | undefined {
  if (afterSale.status === undefined) return undefined
  const kind = DEADLINE_OF_STATUS[afterSale.status.status]
  if (kind === undefined) return undefined
  const onBreach = breachOf(kind, afterSale.kind?.kind)
  const reportedDeadline = afterSale.deadline
  if (reportedDeadline !== undefined && reportedDeadline.forRaw === afterSale.status.raw) {
    if (reportedDeadline.due !== null) return buildDeadline(afterSale, kind, reportedDeadline.due, 'OBSERVED', onBreach)
    // The platform shows the time limits of merchant and buyer, but not its own for the refund.
    if (kind !== 'REFUND_ARRIVAL') return undefined
  }
  const since = reachedAt(afterSale.reached, stageOf('status', afterSale))
  if (since === undefined) return undefined
  if (kind === 'SELLER_RESPONSE')
    return buildDeadline(afterSale, kind, since + terms.sellerResponse, 'ASSUMED', onBreach)
  if (kind === 'REFUND_ARRIVAL') return buildDeadline(afterSale, kind, since + terms.refundArrival, 'DERIVED', onBreach)
  return undefined
}

/** R125: evidence is accepted until the platform's deadline, 48 hours where it gives none, and never after. */
function evidenceDeadline(afterSale: AfterSaleCase, terms: TermsOfTrade): Deadline | undefined {
  if (afterSale.dispute?.stage !== 'evidence-wanted') return undefined
  const reportedDue = afterSale.dispute.evidenceDue
  if (reportedDue !== undefined) return buildDeadline(afterSale, 'EVIDENCE', reportedDue, 'OBSERVED', 'evidence-closes')
  const since = reachedAt(afterSale.reached, stageOf('dispute', afterSale))
  return since === undefined
    ? undefined
    : buildDeadline(afterSale, 'EVIDENCE', since + terms.evidence, 'ASSUMED', 'evidence-closes')
}

function buildDeadline(
  afterSale: AfterSaleCase,
  kind: DeadlineKind,
  due: Instant,
  source: DeadlineSource,
  onBreach: Breach,
): Deadline {
  const { turn } = DEADLINES[kind]
  const atRisk = turn === 'us' ? amountAtRiskOf(afterSale) : 0
  return { kind, turn, due, source, onBreach, atRisk, passed: afterSale.passed[kind] === due }
}

/** R028, R044, R168: the merchant's silence counts as agreement; R135: the buyer's silence closes the case. */
function breachOf(deadlineKind: DeadlineKind, kind: Kind | undefined): Breach {
  switch (deadlineKind) {
    case 'SELLER_RESPONSE':
    case 'SELLER_RECEIPT':
      return kind === 'refund-only' || (kind === 'return-and-refund' && deadlineKind === 'SELLER_RECEIPT')
        ? 'platform-refunds'
        : 'platform-accepts-demand'
    case 'SELLER_SHIPMENT':
    case 'SELLER_RECALL':
      return 'platform-refunds'
    case 'BUYER_RETURN':
    case 'BUYER_RESPONSE':
      return 'case-closes'
    case 'BUYER_RECEIPT':
      return 'counts-as-received'
    case 'EVIDENCE':
      return 'evidence-closes'
    case 'REFUND_ARRIVAL':
      return 'refund-is-late'
  }
}

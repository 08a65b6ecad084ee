import type {
  AfterSaleCase,
  Breach,
  DeadlineKind,
  DeadlineSource,
  Kind,
  Outcome,
  Status,
  Turn,
  Variant,
} from '#after-sale'
import { amountAtRiskOf, askedOf, nextDeadlineOf, refundedOf, turnOf } from '#after-sale'
import { boundedOrNull, boundedText, NUMBER_LENGTH, TITLE_LENGTH } from '../bounded-text'
import { kindNumberOf, laneOf } from './lanes'

/** The stored due time of a case without a deadline: it sorts after every other. */
export const NEVER = Number.MAX_SAFE_INTEGER

/** What a list shows of one case, as stored. Money in fen, instants in UTC ms; '' or null: unknown. */
export interface QueueRowValues {
  readonly lane: number
  readonly kind_number: number
  readonly due_at: number
  readonly risk_fen: number
  /** What the buyer asks for. */
  readonly amount_fen: number | null
  /** What was actually refunded. */
  readonly refunded_fen: number | null
  readonly applied_at: number | null
  readonly goods_count: number | null
  readonly marketplace: string
  readonly case_number: string
  readonly order_number: string | null
  readonly turn: Turn
  readonly status: Status | ''
  readonly kind: Kind | ''
  readonly variant: Variant | null
  readonly outcome: Outcome | null
  readonly due_kind: DeadlineKind | null
  readonly due_source: DeadlineSource | null
  readonly due_breach: Breach | null
  readonly reason_text: string | null
  readonly reason_code: string | null
  readonly goods_title: string | null
  readonly name_mask: string | null
  readonly phone_mask: string | null
}

/** Derives the row of a case: from its state alone, without a clock, so that it can be derived again. */
export function buildQueueRow(afterSale: AfterSaleCase): QueueRowValues {
  const turn = turnOf(afterSale)
  const due = nextDeadlineOf(afterSale)
  const lines = afterSale.order?.lines
  return {
    lane: laneOf(turn, afterSale.status?.status),
    kind_number: kindNumberOf(afterSale.kind?.kind),
    due_at: due?.due ?? NEVER,
    risk_fen: amountAtRiskOf(afterSale),
    amount_fen: askedOf(afterSale) ?? null,
    refunded_fen: refundedOf(afterSale) ?? null,
    applied_at: afterSale.appliedAt ?? null,
    goods_count: countPieces(lines),
    marketplace: afterSale.marketplace,
    case_number: boundedText(afterSale.caseNumber, NUMBER_LENGTH),
    order_number: boundedOrNull(afterSale.order?.orderNumber, NUMBER_LENGTH),
    turn,
    status: afterSale.status?.status ?? '',
    kind: afterSale.kind?.kind ?? '',
    variant: afterSale.kind?.variant ?? null,
    outcome: afterSale.status?.outcome ?? null,
    due_kind: due?.kind ?? null,
    due_source: due?.source ?? null,
    due_breach: due?.onBreach ?? null,
    reason_text: boundedOrNull(afterSale.reason?.text, TITLE_LENGTH),
    reason_code: boundedOrNull(afterSale.reasonCode?.code, NUMBER_LENGTH),
    goods_title: boundedOrNull(lines?.[0]?.title, TITLE_LENGTH),
    name_mask: boundedOrNull(afterSale.buyer?.nameMask, NUMBER_LENGTH),
    phone_mask: boundedOrNull(afterSale.buyer?.phoneMask, NUMBER_LENGTH),
  }
}

/** The greatest number that the column (`int`) can store. */
const MOST_PIECES = 2_147_483_647

/** The number of pieces of all lines; null if the quantity of a line is unknown. */
function countPieces(lines: readonly { readonly quantity?: number }[] | undefined): number | null {
  if (lines === undefined || lines.length === 0) return null
  let pieces = 0
  for (const { quantity } of lines) {
    if (quantity === undefined || !Number.isInteger(quantity)) return null
    pieces += quantity
  }
  return pieces >= 0 && pieces <= MOST_PIECES ? pieces : null
}

export function areEqualRows(a: QueueRowValues, b: QueueRowValues): boolean {
  for (const key in a) if (a[key as keyof QueueRowValues] !== b[key as keyof QueueRowValues]) return false
  return true
}

import type { Breach, DeadlineKind, DeadlineSource, Kind, Outcome, Status, Turn, Variant } from '#after-sale'
import type { QueueRowValues } from './queue-row'
import { NEVER } from './queue-row'

/** One case as a list shows it. Instants in UTC ms, money in fen, the buyer masked; null: unknown. */
export interface QueueItem {
  readonly caseId: string
  readonly store: number
  readonly marketplace: string
  readonly caseNumber: string
  readonly orderNumber: string | null
  readonly kind: Kind | null
  readonly variant: Variant | null
  readonly status: Status | null
  readonly outcome: Outcome | null
  readonly turn: Turn
  readonly due: {
    readonly at: number
    readonly kind: DeadlineKind
    readonly source: DeadlineSource
    readonly onBreach: Breach | null
  } | null
  readonly riskFen: number | null
  /** What the buyer asks for. */
  readonly amountFen: number | null
  /** What was actually refunded. */
  readonly refundedFen: number | null
  readonly reason: { readonly text: string | null; readonly code: string | null } | null
  readonly goods: { readonly title: string | null; readonly count: number | null } | null
  readonly buyer: { readonly name: string | null; readonly phone: string | null } | null
  readonly appliedAt: number | null
  readonly updatedAt: number
}

/** A row of `queue_row`, as the driver returns the `ITEM_COLUMNS`. */
export interface ItemRow extends QueueRowValues {
  readonly case_id: string
  readonly store: number
  readonly updated_at: number
}

/** The columns of an `ItemRow`; `queue_row` must have the alias `q`. */
export const ITEM_COLUMNS = `q.case_id, q.store, q.due_at, q.risk_fen, q.amount_fen, q.refunded_fen, q.applied_at, q.updated_at, q.goods_count,
  q.marketplace, q.case_number, q.order_number, q.turn, q.status, q.kind, q.variant, q.outcome, q.due_kind, q.due_source,
  q.due_breach, q.reason_text, q.reason_code, q.goods_title, q.name_mask, q.phone_mask`

export function toQueueItem(row: ItemRow): QueueItem {
  const isFinished = row.turn === 'nobody'
  return {
    caseId: row.case_id,
    store: row.store,
    marketplace: row.marketplace,
    caseNumber: row.case_number,
    orderNumber: row.order_number,
    kind: row.kind === '' ? null : row.kind,
    variant: row.variant,
    status: row.status === '' ? null : row.status,
    outcome: row.outcome,
    turn: row.turn,
    due: toDue(row),
    riskFen: row.amount_fen === null && !isFinished ? null : row.risk_fen,
    amountFen: row.amount_fen,
    refundedFen: row.refunded_fen,
    reason:
      row.reason_text === null && row.reason_code === null ? null : { text: row.reason_text, code: row.reason_code },
    goods:
      row.goods_title === null && row.goods_count === null ? null : { title: row.goods_title, count: row.goods_count },
    buyer: row.name_mask === null && row.phone_mask === null ? null : { name: row.name_mask, phone: row.phone_mask },
    appliedAt: row.applied_at,
    updatedAt: row.updated_at,
  }
}

const toDue = ({ due_at, due_kind, due_source, due_breach }: ItemRow): QueueItem['due'] =>
  due_at === NEVER || due_kind === null || due_source === null
    ? null
    : { at: due_at, kind: due_kind, source: due_source, onBreach: due_breach }

import type { AfterSaleCase } from '../../case'
import { nextDeadlineOf } from '../../deadlines/deadlines'
import type { Fen } from '../../facets'
import type { RequestAction } from '../commands'

/** Nearer to a deadline than this, an action is not held back: the marketplace must have it in time. */
const SAFETY_MARGIN_MS = 2 * 60_000

/**
 * How long an action is held back before it is sent, ms: only what a person requests, what is sent by a call, and what
 * costs money (also an unknown amount), and only far enough from the case's next deadline.
 */
export function undoWindowOf(
  afterSale: AfterSaleCase,
  { by, way, now, undoMs = 0 }: Pick<RequestAction, 'by' | 'way' | 'now' | 'undoMs'>,
  cost: Fen | undefined,
): number {
  if (by.kind !== 'person' || way !== 'API' || cost === 0) return 0
  const due = nextDeadlineOf(afterSale)?.due
  return due !== undefined && due - now < undoMs + SAFETY_MARGIN_MS ? 0 : undoMs
}

import type { AfterSaleCase } from './case'
import { STATUSES } from './glossary/status'
import type { Turn } from './glossary/vocabulary'

/** A case in a final state. */
export const isFinal = (afterSale: AfterSaleCase): boolean =>
  afterSale.status !== undefined && STATUSES[afterSale.status.status].final

/**
 * Who must act next. Evidence that the platform wants from us comes before anything else (R125); while the platform has
 * stepped in, only it can move the case (R142). A case with an unknown status must be checked by us.
 */
export function turnOf(afterSale: AfterSaleCase): Turn {
  if (isFinal(afterSale)) return 'nobody'
  const dispute = afterSale.dispute?.stage
  if (dispute === 'evidence-wanted') return 'us'
  if (dispute === 'platform-intervened' || dispute === 'evidence-given') return 'platform'
  return afterSale.status === undefined ? 'us' : STATUSES[afterSale.status.status].turn
}

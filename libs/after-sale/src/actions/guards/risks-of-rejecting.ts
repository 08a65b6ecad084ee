import type { GoodsStage } from '../../glossary/rails'
import type { Sourced } from '../../sourced'
import { warn, noObjection, type Guard } from './guard'

/** The default of `StoreTerms.stalledAfter`: three days. R050 speaks of tracking that has stopped and names no time. */
export const STALLED_AFTER: Sourced<number> = { value: 72 * 3_600_000, rule: 'ours', from: '2026-11-22' }

const SENT_BACK_STAGES: ReadonlySet<GoodsStage> = new Set(['returning', 'received', 'inspected-fit', 'inspected-unfit'])
const UNDER_WAY_STAGES: ReadonlySet<GoodsStage> = new Set(['intercepting', 'in-transit', 'refused', 'returning'])

/** R050: rejecting goods that are already on their way back makes the platform rule against the merchant. */
export const goodsSentBack: Guard = ({ action, afterSale }) => {
  if (action.name !== 'reject') return noObjection
  const stage = afterSale.goods?.stage ?? 'unknown'
  if (stage === 'unknown') return warn('CannotBeToldApart', 'R050')
  return SENT_BACK_STAGES.has(stage) ? warn('GoodsSentBack', 'R050') : noObjection
}

/**
 * R050: rejecting while the tracking of a parcel has stopped makes the platform rule against the merchant, too. Where
 * the goods are not in transit there is no tracking to check.
 */
export const traceStalled: Guard = ({ action, afterSale, facts, terms, now }) => {
  if (action.name !== 'reject' || afterSale.goods === undefined || !UNDER_WAY_STAGES.has(afterSale.goods.stage))
    return noObjection
  if (facts.traceMovedAt === undefined) return warn('CannotBeToldApart', 'R050')
  const idleMs = now - facts.traceMovedAt
  return idleMs > (terms.stalledAfter ?? STALLED_AFTER).value ? warn('TraceStalled', 'R050') : noObjection
}

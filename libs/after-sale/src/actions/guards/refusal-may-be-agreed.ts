import { isAllowedCategory } from '../../goods/goods-categories'
import type { GoodsStage } from '../../glossary/rails'
import { warn, noObjection, refuse, type Guard } from './guard'

const STAGES_NOT_UNDER_WAY: ReadonlySet<GoodsStage> = new Set([
  'not-shipped',
  'delivered',
  'received',
  'inspected-fit',
  'inspected-unfit',
])

/** R005: only a parcel in transit can be refused at the door. */
export const parcelIsUnderWay: Guard = ({ action, afterSale }) => {
  if (action.name !== 'approve-refusal') return noObjection
  const stage = afterSale.goods?.stage ?? 'unknown'
  if (stage === 'unknown') return warn('CannotBeToldApart', 'R005')
  return STAGES_NOT_UNDER_WAY.has(stage) ? refuse('NotInThisStatus', 'R005') : noObjection
}

/** R007: the refund on refusal is available for some categories of seven-day goods, not for all. */
export const categoryAllowsRefusal: Guard = ({ action, facts, terms }) => {
  if (action.name !== 'approve-refusal') return noObjection
  const allowed = isAllowedCategory(terms.refusalCategories, facts.category)
  if (allowed === undefined) return warn('CannotBeToldApart', 'R007')
  return allowed ? noObjection : refuse('CategoryDoesNotAllow', 'R007')
}

/** R008: a buyer who does not know how to refuse and when the money arrives applies again, or calls the platform. */
export const buyerKnowsHowToRefuse: Guard = ({ action, facts }) =>
  action.name === 'approve-refusal' && facts.chatExists !== true ? warn('ContactBuyerFirst', 'R008') : noObjection

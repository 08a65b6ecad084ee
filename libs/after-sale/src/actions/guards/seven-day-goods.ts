import { careful, fine, type Guard } from '../guard'

/** R171: goods that may be returned within seven days without reason (R118) are not rejected at will. */
export const sevenDayGoods: Guard = ({ action, afterSale, facts }) => {
  if (action.name !== 'reject') return fine
  const kind = afterSale.kind?.kind
  if (kind !== undefined && kind !== 'return-and-refund' && kind !== 'exchange') return fine
  // A mark says that they are; that there is none says nothing, for not every marketplace marks them.
  const seven = facts.sevenDayGoods ?? (afterSale.flags?.includes('seven-day-return') === true ? true : undefined)
  if (seven === undefined) return careful('CannotBeToldApart', 'R171')
  return seven ? careful('SevenDayGoods', 'R171') : fine
}

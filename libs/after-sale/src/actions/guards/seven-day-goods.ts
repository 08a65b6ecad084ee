import { warn, noObjection, type Guard } from './guard'

/** R171: goods that may be returned within seven days without reason (R118) should not be rejected lightly. */
export const sevenDayGoods: Guard = ({ action, afterSale, facts }) => {
  if (action.name !== 'reject') return noObjection
  const kind = afterSale.kind?.kind
  if (kind !== undefined && kind !== 'return-and-refund' && kind !== 'exchange') return noObjection
  // A flag proves that they are; a missing flag proves nothing, for not every marketplace sets it.
  const isSevenDayGoods =
    facts.sevenDayGoods ?? (afterSale.flags?.includes('seven-day-return') === true ? true : undefined)
  if (isSevenDayGoods === undefined) return warn('CannotBeToldApart', 'R171')
  return isSevenDayGoods ? warn('SevenDayGoods', 'R171') : noObjection
}

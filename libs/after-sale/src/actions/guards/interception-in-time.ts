import { shippedWithin } from '../../goods/whereabouts'
import { warn, noObjection, refuse, type Guard } from './guard'

/**
 * R001: a parcel can be intercepted when its waybill has just been printed or it was shipped recently. One that arrived
 * or is coming back cannot; for the others, the carrier's answer decides.
 */
export const interceptionInTime: Guard = ({ action, afterSale, facts, terms, now }) => {
  if (action.name !== 'intercept') return noObjection
  switch (afterSale.goods?.stage) {
    case 'delivered':
    case 'refused':
    case 'returning':
    case 'received':
    case 'inspected-fit':
    case 'inspected-unfit':
      return refuse('TooLateToIntercept', 'R001')
    case 'intercepting':
      return refuse('AlreadyDecided', 'R001')
    default: {
      const shippedRecently = shippedWithin(afterSale, facts.shippedAt, terms.interceptWithin.value, now)
      if (shippedRecently === 'unknown') return warn('CannotBeToldApart', 'R001')
      return shippedRecently === 'true' ? noObjection : refuse('TooLateToIntercept', 'R001')
    }
  }
}

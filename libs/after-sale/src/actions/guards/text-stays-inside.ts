import type { AfterSaleCase } from '../../case'
import { offPlatformIn } from '../../texts/off-platform'
import { DEFAULT_OUTGOING } from '../../texts/terms'
import { textsOf } from '../../texts/texts-of'
import { careful, fine, no, type Guard } from '../guard'

/** The numbers that a text may name because the case has them; to a machine they look like telephones. */
const numbersOf = ({ caseNumber, order, goods }: AfterSaleCase): readonly string[] => [
  caseNumber,
  ...(order === undefined ? [] : [order.orderNumber]),
  ...(goods?.parcels.map((parcel) => parcel.tracking) ?? []),
]

/**
 * R127: no text leads a buyer off the platform. What the platform's people read may quote what a buyer wrote, and some
 * findings are doubtful: those a person looks at again. What nobody outside reads is not looked at.
 */
export const textStaysInside: Guard = ({ action, afterSale, terms }) => {
  const told = textsOf(action).filter(({ reader }) => reader !== 'us')
  if (told.length === 0) return fine
  const known = [
    ...numbersOf(afterSale),
    ...('shipment' in action && action.shipment ? [action.shipment.tracking] : []),
  ]
  const found = told.flatMap(({ reader, text }) =>
    offPlatformIn(text, terms.outgoing ?? DEFAULT_OUTGOING, known).map(
      ({ severity }) => reader === 'buyer' && severity === 'critical',
    ),
  )
  if (found.includes(true)) return no('TextNotAllowed', 'R127')
  return found.length > 0 ? careful('TextNamesOutside', 'R127') : fine
}

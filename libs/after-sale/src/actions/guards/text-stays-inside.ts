import type { AfterSaleCase } from '../../case'
import { offPlatformIn } from '../../texts/off-platform'
import { DEFAULT_OUTGOING } from '../../texts/terms'
import { textsOf } from '../../texts/texts-of'
import { warn, noObjection, refuse, type Guard } from './guard'

/** Numbers of the case that a text may mention although they look like phone numbers. */
const ownNumbersOf = ({ caseNumber, order, goods }: AfterSaleCase): readonly string[] => [
  caseNumber,
  ...(order === undefined ? [] : [order.orderNumber]),
  ...(goods?.parcels.map((parcel) => parcel.tracking) ?? []),
]

/**
 * R127: no text may lead a buyer off the platform. Texts for the platform's staff may quote what a buyer wrote, and
 * some findings are doubtful: a person must confirm those. Internal texts are not checked.
 */
export const textStaysInside: Guard = ({ action, afterSale, terms }) => {
  const texts = textsOf(action).filter(({ reader }) => reader !== 'us')
  if (texts.length === 0) return noObjection
  const caseNumbers = [
    ...ownNumbersOf(afterSale),
    ...('shipment' in action && action.shipment ? [action.shipment.tracking] : []),
  ]
  const criticalFlags = texts.flatMap(({ reader, text }) =>
    offPlatformIn(text, terms.outgoing ?? DEFAULT_OUTGOING, caseNumbers).map(
      ({ severity }) => reader === 'buyer' && severity === 'critical',
    ),
  )
  if (criticalFlags.includes(true)) return refuse('TextNotAllowed', 'R127')
  return criticalFlags.length > 0 ? warn('TextNamesOutside', 'R127') : noObjection
}

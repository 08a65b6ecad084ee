import { signedForOf } from '../../whereabouts'
import { careful, fine, no, type Guard } from '../guard'

/** R011: a small payment settles a case whose goods have been signed for; before that nobody can judge them. */
export const onlyOnceDelivered: Guard = ({ action, file }) => {
  if (action.name !== 'send-small-payment') return fine
  const signed = signedForOf(file)
  if (signed === 'unknown') return careful('CannotBeToldApart', 'R011')
  return signed === 'true' ? fine : no('OnlyWhenDelivered', 'R011')
}

/**
 * R011: all small payments of a case together stay within the store's limit, and below the refund that they spare. A
 * case that asks for no money (an exchange, whose return freight is paid so, R086) has only the limit.
 */
export const smallPaymentIsSmall: Guard = ({ action, file, facts, terms }) => {
  if (action.name !== 'send-small-payment') return fine
  if (!(action.amount > 0)) return no('AmountMissing', 'R011')
  const paid = action.amount + (facts.smallPaid ?? 0)
  const kind = file.kind?.kind
  const asked = kind === 'refund-only' || kind === 'return-and-refund' ? file.amounts?.total : undefined
  if (asked !== undefined && paid > asked) return no('AmountTooHigh', 'R011')
  return terms.smallPaymentLimit !== undefined && paid > terms.smallPaymentLimit.value
    ? no('AmountTooHigh', 'R011')
    : fine
}

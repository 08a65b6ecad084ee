import type { Action } from '../action'
import { noObjection, refuse, type Guard } from './guard'

/** The action, if it has the buyer send goods back. */
const returnRequestOf = (action: Action): { readonly addressId?: string } | undefined => {
  switch (action.name) {
    case 'approve-return':
    case 'approve-exchange':
      return action
    case 'approve-repair':
      return action.sendBack ? action : undefined
    default:
      return undefined
  }
}

/**
 * R063: a buyer who may send goods back must be given the return address. Otherwise the buyer uses the address on the
 * parcel, the goods do not reach the warehouse, and an appeal about it is lost. The default is the address in the
 * store's terms.
 */
export const returnAddressIsGiven: Guard = ({ action, terms }) => {
  const returnRequest = returnRequestOf(action)
  if (returnRequest === undefined) return noObjection
  const address = returnRequest.addressId ?? terms.returnAddressId ?? ''
  return address.trim() === '' ? refuse('ReturnAddressMissing', 'R063') : noObjection
}

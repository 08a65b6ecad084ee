import type { Action } from '../action'
import { noObjection, refuse, type Guard } from './guard'

const addressOf = (action: Action): { readonly addressId?: string } | undefined => {
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
 * R063: a buyer who may send back must be given the address; otherwise the address on the parcel is used, the goods do
 * not reach the warehouse, and the appeal is lost, too. The address of the store's terms is the default.
 */
export const returnAddressIsGiven: Guard = ({ action, terms }) => {
  const asked = addressOf(action)
  if (asked === undefined) return noObjection
  const address = asked.addressId ?? terms.returnAddressId ?? ''
  return address.trim() === '' ? refuse('ReturnAddressMissing', 'R063') : noObjection
}

import type { Action } from '../../actions/action'
import type { AfterSaleCase } from '../../case'
import type { Claim, Condition } from '../framework/condition'
import type { StoreTerms } from '../../store-terms/store-terms'
import { conditionOf } from '../framework/condition-of'
import { truthOf } from '../../truth'

/**
 * R161: what the assistant's strategies on returns cover: a return and refund that waits for the merchant's decision.
 */
export const isReturnApplication = ({ kind, status }: AfterSaleCase): boolean =>
  kind?.kind === 'return-and-refund' && status?.status === 'awaiting-merchant-decision'

export const RETURN_ADDRESS_CLAIM: Claim = { zh: '已设置退货地址', en: 'the store has a return address' }

/** R063: a return agreed to without an address may be sent anywhere, and every appeal about it fails. */
export const hasReturnAddress = ({ returnAddressId }: StoreTerms): Condition =>
  conditionOf(
    'R063',
    'hasReturnAddress',
    truthOf(returnAddressId !== undefined),
    returnAddressId !== undefined,
    true,
    undefined,
  )

/** The action that agrees to a return, with the store's return address if it has one. */
export const agreeToReturn = ({ returnAddressId }: StoreTerms): Action =>
  returnAddressId === undefined ? { name: 'approve-return' } : { name: 'approve-return', addressId: returnAddressId }

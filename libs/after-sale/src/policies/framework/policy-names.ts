/** Every policy, named as a claim about a case. `POLICIES` has an entry for each, and `LINE_UP` orders them. */
export type PolicyName =
  | 'platformHandlesIt'
  | 'returnReasonIsChosen'
  | 'withinSevenDaysOfDelivery'
  | 'warehouseAcceptedGoods'
  | 'appliedOffDuty'
  | 'platformAdvancesRefund'
  | 'parcelCanBeIntercepted'
  | 'parcelMayBeRefused'
  | 'smallPaymentMaySettle'
  | 'exchangeComesFirst'

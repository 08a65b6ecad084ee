/** Every policy, named as a claim that is true or not. The line-up is total over it. */
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

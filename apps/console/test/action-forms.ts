/** Names of actions with the form that the document has for them. */
export const ACTION_OF_FORM: Readonly<Record<string, string>> = {
  Noted: 'approve-refund',
  AddressedNoted: 'approve-return',
  Addressed: 'approve-exchange',
  Plain: 'extend-time',
  Repairing: 'approve-repair',
  Shipped: 'intercept',
  Rejecting: 'reject',
  Negotiating: 'negotiate',
  Arguing: 'submit-evidence',
  Appealing: 'appeal',
  Receiving: 'confirm-receipt',
  Said: 'add-remark',
  Paying: 'send-small-payment',
}

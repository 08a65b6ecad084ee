import type { Action, Shipment } from '../action'

/** An action without the texts that a person wrote, which may name the buyer: events and states are stored without them. */
export function withoutTexts(action: Action): Action {
  switch (action.name) {
    case 'approve-return': {
      const { note: _words, ...kept } = action
      return kept
    }
    case 'approve-refund':
      return { name: action.name }
    case 'reject':
      return { ...action, reason: '', explanation: '' }
    case 'negotiate':
      return { ...action, plan: '', text: '' }
    case 'appeal':
      return { ...action, items: action.items.map((item) => ({ ...item, text: '' })) }
    case 'propose-amount':
    case 'send-small-payment':
    case 'submit-evidence':
    case 'answer-work-order':
    case 'request-intervention':
    case 'add-remark':
      return { ...action, text: '' }
    case 'ship-exchange':
    case 'intercept':
      return { ...action, shipment: withoutCarrierName(action.shipment) }
    case 'confirm-receipt':
      return action.shipment === undefined ? action : { ...action, shipment: withoutCarrierName(action.shipment) }
    case 'approve-exchange':
    case 'approve-resend':
    case 'approve-repair':
    case 'turn-into-refund':
    case 'approve-refusal':
    case 'withdraw-appeal':
    case 'extend-time':
    case 'cancel-sending':
      return action
  }
}

const CARRIER_CODE = /^[\w.-]*$/

/** Keeps the carrier if it is a code; the name of a carrier is free text. */
const withoutCarrierName = ({ carrier, tracking }: Shipment): Shipment => ({
  carrier: CARRIER_CODE.test(carrier) ? carrier : '',
  tracking,
})

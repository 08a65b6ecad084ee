import type { Action } from './action'

/** The words that a person wrote may name the buyer; what is kept in events and states goes without them. */
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
    case 'approve-exchange':
    case 'approve-resend':
    case 'approve-repair':
    case 'ship-exchange':
    case 'turn-into-refund':
    case 'intercept':
    case 'approve-refusal':
    case 'withdraw-appeal':
    case 'confirm-receipt':
    case 'extend-time':
    case 'cancel-sending':
      return action
  }
}

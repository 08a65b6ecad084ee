import type { Action } from '../actions/action'

/** Who reads a text: the buyer, the platform's staff, or only us. */
export type Reader = 'buyer' | 'platform' | 'us'

/** A text of an action, and who will read it. */
export interface OutgoingText {
  readonly reader: Reader
  readonly text: string
}

const textsFor = (reader: Reader, ...texts: readonly (string | undefined)[]): readonly OutgoingText[] =>
  texts.flatMap((text) => (text === undefined || text === '' ? [] : [{ reader, text }]))

/** Every text of an action, with its reader. */
export function textsOf(action: Action): readonly OutgoingText[] {
  switch (action.name) {
    case 'approve-return':
    case 'approve-refund':
      return textsFor('buyer', action.note)
    case 'reject':
      return textsFor('buyer', action.reason, action.explanation)
    case 'negotiate':
      return textsFor('buyer', action.plan, action.text)
    case 'propose-amount':
    case 'send-small-payment':
      return textsFor('buyer', action.text)
    case 'submit-evidence':
    case 'answer-work-order':
    case 'request-intervention':
      return textsFor('platform', action.text)
    case 'appeal':
      return textsFor('platform', ...action.items.map((item) => item.text))
    case 'add-remark':
      return textsFor('us', action.text)
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
      return []
  }
}

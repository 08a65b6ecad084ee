import type { ActionName } from '../api/schema'

/** A field of the form of an action. */
export type ActionField =
  | 'addressId'
  | 'amount'
  | 'appeal'
  | 'evidence'
  | 'explanation'
  | 'fit'
  | 'note'
  | 'plan'
  | 'reason'
  | 'reasonCode'
  | 'sendBack'
  | 'shipment'
  | 'text'

/** What a person knows beyond what the marketplace shows; rules that need it ask for a confirmation where it is unknown. */
export type StatedFact = 'chatExists' | 'evidenceWanted' | 'sevenDayGoods'

interface ActionForm {
  readonly fields: readonly ActionField[]
  /** Fields that may stay empty. */
  readonly optional?: readonly ActionField[]
  readonly facts?: readonly StatedFact[]
}

/** The form of each action; total, so that an action without one does not compile. */
export const ACTION_FORMS: Readonly<Record<ActionName, ActionForm>> = {
  'approve-return': { fields: ['addressId', 'note'], optional: ['addressId', 'note'] },
  'approve-refund': { fields: ['note'], optional: ['note'] },
  'approve-exchange': { fields: ['addressId'], optional: ['addressId'] },
  'approve-resend': { fields: [] },
  'approve-repair': { fields: ['sendBack', 'addressId'], optional: ['addressId'] },
  'ship-exchange': { fields: ['shipment'] },
  reject: {
    fields: ['reason', 'reasonCode', 'explanation', 'evidence'],
    optional: ['reasonCode', 'evidence'],
    facts: ['chatExists', 'evidenceWanted', 'sevenDayGoods'],
  },
  'turn-into-refund': { fields: [] },
  'propose-amount': { fields: ['amount', 'text'] },
  intercept: { fields: ['shipment'] },
  'approve-refusal': { fields: [], facts: ['chatExists'] },
  'send-small-payment': { fields: ['amount', 'text'] },
  negotiate: { fields: ['plan', 'text', 'evidence'], optional: ['evidence'] },
  'submit-evidence': { fields: ['text', 'evidence'], optional: ['text'] },
  'answer-work-order': { fields: ['text', 'evidence'], optional: ['evidence'] },
  'request-intervention': { fields: ['text', 'evidence'] },
  appeal: { fields: ['appeal', 'text', 'evidence'] },
  'withdraw-appeal': { fields: [] },
  'confirm-receipt': { fields: ['fit', 'shipment'], optional: ['shipment'] },
  'extend-time': { fields: [] },
  'add-remark': { fields: ['text'] },
  'cancel-sending': { fields: [] },
}

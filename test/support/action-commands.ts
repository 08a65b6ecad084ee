import type {
  Action,
  ActionName,
  CloseAction,
  MarketplaceAnswer,
  RecordAnswer,
  RequestAction,
  StoreTerms,
} from '#after-sale'
import { HOUR, NOON, SECOND } from './cases'

/** Minimal store terms for tests of actions: Beijing time, working hours nine to six on weekdays, no advance refund, no reason codes. */
export const plainTerms: StoreTerms = {
  zoneMinutes: 480,
  week: {
    days: {
      0: [],
      1: workingHours(),
      2: workingHours(),
      3: workingHours(),
      4: workingHours(),
      5: workingHours(),
      6: [],
    },
  },
  holidays: { years: [], holidays: [], makeUpDays: [] },
  reasons: [],
  returnAddressId: '900',
  advanceRefund: [],
  advanceRefundLimit: { value: 30_000, rule: 'R154', from: '2023-01-01' },
  noReasonDays: { value: 7, rule: 'R163', from: '2023-01-01' },
  interceptWithin: { value: 24 * HOUR, rule: 'ours', from: '2026-11-22' },
}

/** Nine to six, in minutes of the day. */
function workingHours(): { from: number; to: number }[] {
  return [{ from: 540, to: 1080 }]
}

/** One valid action of every name. */
export const sampleActions: Readonly<Record<ActionName, Action>> = {
  'approve-return': { name: 'approve-return', addressId: '900', note: '说明' },
  'approve-refund': { name: 'approve-refund', note: '说明' },
  'approve-exchange': { name: 'approve-exchange', addressId: '900' },
  'approve-resend': { name: 'approve-resend' },
  'approve-repair': { name: 'approve-repair', sendBack: true, addressId: '900' },
  'ship-exchange': { name: 'ship-exchange', shipment: { carrier: '1', tracking: 'SF1' } },
  reject: {
    name: 'reject',
    reasonCode: '1',
    reason: '原因',
    explanation: '说明',
    evidence: [{ hash: 'aa', kind: 'image' }],
  },
  'turn-into-refund': { name: 'turn-into-refund' },
  'propose-amount': { name: 'propose-amount', amount: 100, text: '说明' },
  intercept: { name: 'intercept', shipment: { carrier: '1', tracking: 'SF1' } },
  'approve-refusal': { name: 'approve-refusal' },
  'send-small-payment': { name: 'send-small-payment', amount: 500, text: '说明' },
  negotiate: { name: 'negotiate', plan: 'exchange', text: '说明', evidence: [] },
  'submit-evidence': { name: 'submit-evidence', text: '说明', evidence: [] },
  'answer-work-order': { name: 'answer-work-order', text: '说明', evidence: [] },
  'request-intervention': { name: 'request-intervention', text: '说明', evidence: [] },
  appeal: { name: 'appeal', items: [{ kind: 'liability', text: '说明' }], evidence: [] },
  'withdraw-appeal': { name: 'withdraw-appeal' },
  'confirm-receipt': { name: 'confirm-receipt', fit: true },
  'extend-time': { name: 'extend-time' },
  'add-remark': { name: 'add-remark', text: '说明' },
  'cancel-sending': { name: 'cancel-sending' },
}

/** A person's request for an action, a minute after noon, judged on the revision of noon. */
export const requestOf = (action: Action | ActionName, over: Partial<RequestAction> = {}): RequestAction => ({
  type: 'RequestAction',
  intent: 'i-1',
  action: typeof action === 'string' ? sampleActions[action] : action,
  by: { kind: 'person', id: 'lin' },
  way: 'API',
  judged: NOON,
  terms: plainTerms,
  facts: {},
  confirmed: [],
  now: NOON + 60 * SECOND,
  ...over,
})

/** The marketplace's answer to the sent action. */
export const answerOf = (answer: MarketplaceAnswer, over: Partial<RecordAnswer> = {}): RecordAnswer => ({
  type: 'RecordAnswer',
  intent: 'i-1',
  answer,
  sentAt: NOON + 61 * SECOND,
  now: NOON + 62 * SECOND,
  ...over,
})

/** A person closes an intent whose outcome the platform does not show. */
export const closeOf = (as: CloseAction['as'], intent = 'i-1'): CloseAction => ({
  type: 'CloseAction',
  intent,
  as,
  by: { kind: 'person', id: 'lin' },
  now: NOON + HOUR,
})

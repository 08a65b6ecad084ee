import type { Status } from '../../glossary/status'
import type { Kind } from '../../glossary/vocabulary'
import type { ActionName } from '../action-names'

/** When an action is possible. */
interface Allowance {
  /** Absent: every kind. */
  readonly kinds?: readonly Kind[]
  /** Absent: every status that is not final. */
  readonly statuses?: readonly Status[]
  /** Still possible after the case has ended. */
  readonly afterwards?: true
}

/** Kinds in which the buyer gets goods, not money. */
const REPLACEMENT_KINDS: readonly Kind[] = ['exchange', 'resend', 'repair']

/**
 * For which kind and in which status an action makes sense at all, for every marketplace. Anything stricter is up to
 * the marketplace's own answer.
 */
export const ALLOWANCES: Readonly<Record<ActionName, Allowance>> = {
  'approve-return': { kinds: ['return-and-refund'], statuses: ['awaiting-merchant-decision', 'refused'] },
  'approve-refund': {
    kinds: ['refund-only', 'return-and-refund'],
    statuses: [
      'awaiting-merchant-decision',
      'awaiting-merchant-receipt',
      'awaiting-buyer-return',
      'awaiting-recall',
      'refused',
    ],
  },
  'approve-exchange': { kinds: ['exchange'], statuses: ['awaiting-merchant-decision', 'refused'] },
  'approve-resend': { kinds: ['resend'], statuses: ['awaiting-merchant-decision', 'refused'] },
  'approve-repair': { kinds: ['repair'], statuses: ['awaiting-merchant-decision', 'refused'] },
  'ship-exchange': {
    kinds: REPLACEMENT_KINDS,
    statuses: [
      'awaiting-merchant-decision',
      'awaiting-merchant-receipt',
      'awaiting-merchant-shipment',
      'awaiting-buyer-return',
      'refused',
    ],
  },
  reject: { statuses: ['awaiting-merchant-decision', 'awaiting-merchant-receipt'] },
  'turn-into-refund': {
    kinds: ['return-and-refund', 'exchange', 'repair'],
    statuses: [
      'awaiting-merchant-decision',
      'awaiting-merchant-receipt',
      'awaiting-merchant-shipment',
      'awaiting-buyer-return',
      'refused',
    ],
  },
  'propose-amount': { kinds: ['refund-only', 'return-and-refund'] },
  intercept: { kinds: ['refund-only'], statuses: ['awaiting-merchant-decision', 'refused'] },
  'approve-refusal': { kinds: ['refund-only'], statuses: ['awaiting-merchant-decision'] },
  'send-small-payment': {},
  negotiate: { statuses: ['awaiting-merchant-decision', 'awaiting-merchant-receipt', 'refused'] },
  'submit-evidence': { afterwards: true },
  'answer-work-order': { afterwards: true },
  'request-intervention': {},
  appeal: { afterwards: true },
  'withdraw-appeal': { afterwards: true },
  'confirm-receipt': {
    kinds: ['return-and-refund', 'exchange', 'repair'],
    statuses: ['awaiting-merchant-receipt', 'awaiting-buyer-return'],
  },
  'extend-time': { statuses: ['awaiting-merchant-receipt'] },
  'add-remark': { afterwards: true },
  'cancel-sending': { kinds: ['refund-only'], statuses: ['awaiting-merchant-decision'] },
}

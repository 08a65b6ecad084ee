import type { AfterSaleCase } from '../../case'
import type { Status } from '../../glossary/status'
import { isFinal } from '../../turn'
import type { Intent } from '../intents/intent'
import type { ActionName } from '../action-names'

/** What the case shows of an action: it happened, it may still happen, or something else happened instead. */
export type ReportedState = 'shown' | 'not-yet' | 'overtaken'

const PAID_STAGES: ReadonlySet<string> = new Set(['advanced', 'refunding', 'refunded', 'partly-refunded', 'recovered'])
const AFTER_RETURN_AGREED: ReadonlySet<Status> = new Set<Status>([
  'awaiting-buyer-return',
  'awaiting-merchant-receipt',
  'awaiting-buyer-receipt',
  'refunding',
])
const AFTER_REPLACEMENT_AGREED: ReadonlySet<Status> = new Set<Status>([
  'awaiting-buyer-return',
  'awaiting-merchant-receipt',
  'awaiting-merchant-shipment',
  'awaiting-buyer-receipt',
])
const AFTER_REJECTION: ReadonlySet<Status> = new Set<Status>(['refused', 'platform-handling'])
const INTERCEPTED_STAGES: ReadonlySet<string> = new Set(['intercepting', 'refused', 'returning', 'received'])

/** Actions that no report shows: the marketplace's answer, or the person's attestation, is final. */
const NEVER_REPORTED: ReadonlySet<ActionName> = new Set<ActionName>([
  'send-small-payment',
  'negotiate',
  'answer-work-order',
  'add-remark',
  'withdraw-appeal',
  'confirm-receipt',
  'propose-amount',
  'extend-time',
])

/** Whether a report can show that an action took effect. */
export const isEverReported = (name: ActionName): boolean => !NEVER_REPORTED.has(name)

const isPaidOut = (afterSale: AfterSaleCase): boolean =>
  afterSale.status?.status === 'refunding' ||
  afterSale.status?.outcome === 'refunded' ||
  PAID_STAGES.has(afterSale.money?.stage ?? 'none')

/**
 * Whether the case, as last reported, shows the action. Only reports after the judged revision can show it; a case that
 * ended in another way has overtaken it.
 */
export function reportedStateOf(afterSale: AfterSaleCase, intent: Intent): ReportedState {
  if (isShown(afterSale, intent)) return 'shown'
  return isOvertaken(afterSale, intent) ? 'overtaken' : 'not-yet'
}

/**
 * Whether the status was reported after the judged revision; it may be unchanged. Revisions may be whole seconds, and a
 * strategy may decide within the second of the application: a report made after the decision with the judged revision
 * is newer, too.
 */
function statusReportedSince({ stamps }: AfterSaleCase, { judged, at }: Intent): boolean {
  const stamp = stamps.status
  if (stamp === undefined) return false
  return stamp.revision > judged || (stamp.revision === judged && stamp.observedAt > at)
}

function isShown(afterSale: AfterSaleCase, intent: Intent): boolean {
  const { action } = intent
  const status = afterSale.status?.status
  const isReportedSince = statusReportedSince(afterSale, intent)
  if (status === undefined) return false
  switch (action.name) {
    case 'approve-return':
      return isReportedSince && (AFTER_RETURN_AGREED.has(status) || isPaidOut(afterSale))
    case 'approve-exchange':
    case 'approve-resend':
    case 'approve-repair':
      return isReportedSince && (AFTER_REPLACEMENT_AGREED.has(status) || status === 'succeeded')
    case 'approve-refund':
    case 'cancel-sending':
      return isPaidOut(afterSale)
    case 'turn-into-refund':
      return isReportedSince && (afterSale.kind?.kind === 'refund-only' || isPaidOut(afterSale))
    case 'approve-refusal':
      return isReportedSince && (status === 'awaiting-refusal' || isPaidOut(afterSale))
    case 'ship-exchange':
      return isReportedSince && (status === 'awaiting-buyer-receipt' || status === 'succeeded')
    case 'reject':
      return isReportedSince && AFTER_REJECTION.has(status)
    case 'intercept':
      return INTERCEPTED_STAGES.has(afterSale.goods?.stage ?? 'unknown')
    case 'submit-evidence':
      return afterSale.dispute?.stage === 'evidence-given'
    case 'request-intervention':
      return status === 'platform-handling' || afterSale.dispute?.stage === 'platform-intervened'
    case 'appeal':
      return afterSale.dispute?.stage === 'appealed' || afterSale.dispute?.stage === 'decided'
    default:
      return false
  }
}

/** Whether the application was decided, or the case ended, in another way than by this action. */
function isOvertaken(afterSale: AfterSaleCase, intent: Intent): boolean {
  const { action } = intent
  if (action.name === 'appeal' || action.name === 'submit-evidence') return false
  return (
    statusReportedSince(afterSale, intent) &&
    (isFinal(afterSale) ||
      (action.name !== 'intercept' && action.name !== 'request-intervention' && afterSale.status?.status === 'closed'))
  )
}

import type { AfterSaleCase } from '../../case'
import type { Instant } from '../../facets'
import type { TermsOfTrade } from '../../terms'
import type { ActionEvent } from '../events'
import type { Intent } from '../intents/intent'
import { isOpen } from '../intents/intent'
import { reportedStateOf } from './reported-state'

/**
 * The events by which a report ends open actions: shown ones are confirmed, overtaken ones end. An action in doubt lapses if the
 * marketplace still does not show it when a late call of ours can no longer arrive (`terms.settle`). `reportedAt`: UTC ms.
 */
export function settlementEventsOf(
  afterSale: AfterSaleCase,
  reportedAt: Instant,
  terms: TermsOfTrade,
): readonly ActionEvent[] {
  return (afterSale.intents ?? []).filter(isOpen).flatMap((intent) => {
    const type = settlementOf(afterSale, intent, reportedAt, terms)
    return type === undefined ? [] : [{ type, intent: intent.id, at: reportedAt }]
  })
}

function settlementOf(
  afterSale: AfterSaleCase,
  intent: Intent,
  reportedAt: Instant,
  terms: TermsOfTrade,
): 'ActionConfirmed' | 'ActionOvertaken' | 'ActionLapsed' | undefined {
  // The call may be on its way right now, so only its answer can end such an action.
  if (intent.state === 'intended' && intent.way === 'API') return undefined
  const reportedState = reportedStateOf(afterSale, intent)
  if (reportedState === 'shown') return 'ActionConfirmed'
  if (reportedState === 'overtaken') return 'ActionOvertaken'
  return intent.state === 'in-doubt' && reportedAt >= intent.since + terms.settle ? 'ActionLapsed' : undefined
}

/** When the case must be read again because of its open actions; `undefined` where it need not be. */
export function settleDueOf(afterSale: AfterSaleCase, terms: TermsOfTrade): Instant | undefined {
  const lastReportAt = afterSale.lastSeen?.observedAt ?? 0
  const dues = (afterSale.intents ?? []).flatMap((intent) => {
    if (intent.state !== 'in-doubt' && intent.state !== 'answered' && intent.state !== 'attested') return []
    const firstCheck = intent.since + terms.settle
    if (lastReportAt < firstCheck) return [firstCheck]
    // Read before and still not shown: the intervals grow with the time since the action was sent.
    return [lastReportAt + Math.max(terms.recheck, Math.floor((lastReportAt - intent.since) / 2))]
  })
  return dues.length === 0 ? undefined : Math.min(...dues)
}

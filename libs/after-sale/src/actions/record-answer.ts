import type { AfterSaleCase } from '../case'
import type { Decision } from '../decision'
import { nothing } from '../decision'
import type { AttestAction, CloseAction, RecordAnswer } from './commands'
import type { ActionEvent } from './events'
import type { Intent } from './intent'
import { isOpen } from './intent'

/**
 * The marketplace answered a call of ours, or did not. Whatever it said, it is asked to show the case: a yes is believed
 * when it is seen, and a doubt is settled by looking. An answer to an action that has ended changes nothing.
 */
export function recordAnswer(
  afterSale: AfterSaleCase | undefined,
  { intent: id, answer, sentAt, now }: RecordAnswer,
): Decision {
  const intent = intentOf(afterSale, id)
  if (intent === undefined) return { type: 'refused', reason: 'NoSuchIntent' }
  const said = intent.state === 'intended' || (intent.state === 'in-doubt' && answer.type !== 'in-doubt')
  if (!said) return nothing
  return {
    type: 'decided',
    events: [{ type: 'ActionAnswered', intent: id, answer, sentAt, at: now }],
    effects: answer.type === 'refused' ? [] : [{ type: 'ReadCase', why: 'settle' }],
  }
}

/** A person says it is done in the back office; the marketplace is asked to show it. */
export function attestAction(afterSale: AfterSaleCase | undefined, { intent: id, by, now }: AttestAction): Decision {
  const intent = intentOf(afterSale, id)
  if (intent === undefined) return { type: 'refused', reason: 'NoSuchIntent' }
  if (intent.state === 'attested') return nothing
  if (intent.way !== 'ASSISTED' || intent.state !== 'intended')
    return { type: 'refused', reason: 'NotAwaitingAttestation' }
  return {
    type: 'decided',
    events: [{ type: 'ActionAttested', intent: id, by, at: now }],
    effects: [{ type: 'ReadCase', why: 'settle' }],
  }
}

/** A person ends an open action: taken back before it was done, or settled by looking himself. */
export function closeAction(afterSale: AfterSaleCase | undefined, { intent: id, as, by, now }: CloseAction): Decision {
  const intent = intentOf(afterSale, id)
  if (intent === undefined) return { type: 'refused', reason: 'NoSuchIntent' }
  if (!isOpen(intent)) return nothing
  // What was sent cannot be taken back, and what was not sent cannot have happened.
  if ((as === 'withdrawn') !== (intent.state === 'intended'))
    return { type: 'refused', reason: 'NotAwaitingAttestation' }
  return { type: 'decided', events: [closed(as, id, by, now)], effects: [] }
}

function closed(as: CloseAction['as'], intent: string, by: CloseAction['by'], at: number): ActionEvent {
  switch (as) {
    case 'withdrawn':
      return { type: 'ActionWithdrawn', intent, by, at }
    case 'confirmed':
      return { type: 'ActionConfirmed', intent, by, at }
    case 'lapsed':
      return { type: 'ActionLapsed', intent, by, at }
  }
}

const intentOf = (afterSale: AfterSaleCase | undefined, id: string): Intent | undefined =>
  afterSale?.intents?.find((intent) => intent.id === id)

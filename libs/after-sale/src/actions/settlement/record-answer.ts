import type { AfterSaleCase } from '../../case'
import type { Decision } from '../../decision'
import { noChange } from '../../decision'
import type { AttestAction, CloseAction, RecordAnswer } from '../commands'
import type { ActionEvent } from '../events'
import type { Intent } from '../intents/intent'
import { isOpen } from '../intents/intent'

/**
 * Records the marketplace's answer to a call of ours, or that there was none. Unless it refused, the case is read again: success
 * counts only once the case shows it, and a doubt is settled by reading. An answer to an ended action changes nothing.
 */
export function recordAnswer(
  afterSale: AfterSaleCase | undefined,
  { intent: id, answer, sentAt, now }: RecordAnswer,
): Decision {
  const intent = findIntent(afterSale, id)
  if (intent === undefined) return { type: 'refused', reason: 'NoSuchIntent' }
  const isAwaited = intent.state === 'intended' || (intent.state === 'in-doubt' && answer.type !== 'in-doubt')
  if (!isAwaited) return noChange
  return {
    type: 'decided',
    events: [{ type: 'ActionAnswered', intent: id, answer, sentAt, at: now }],
    effects: answer.type === 'refused' ? [] : [{ type: 'ReadCase', why: 'settle' }],
  }
}

/** Records that a person has done the action in the back office. The case is read again for confirmation. */
export function attestAction(afterSale: AfterSaleCase | undefined, { intent: id, by, now }: AttestAction): Decision {
  const intent = findIntent(afterSale, id)
  if (intent === undefined) return { type: 'refused', reason: 'NoSuchIntent' }
  if (intent.state === 'attested') return noChange
  if (intent.way !== 'ASSISTED' || intent.state !== 'intended')
    return { type: 'refused', reason: 'NotAwaitingAttestation' }
  return {
    type: 'decided',
    events: [{ type: 'ActionAttested', intent: id, by, at: now }],
    effects: [{ type: 'ReadCase', why: 'settle' }],
  }
}

/** Ends an open action for a person who withdraws it before it was sent, or has checked the marketplace. */
export function closeAction(afterSale: AfterSaleCase | undefined, { intent: id, as, by, now }: CloseAction): Decision {
  const intent = findIntent(afterSale, id)
  if (intent === undefined) return { type: 'refused', reason: 'NoSuchIntent' }
  if (!isOpen(intent)) return noChange
  // An action that was sent cannot be withdrawn; one that was not sent cannot be confirmed or have lapsed.
  if ((as === 'withdrawn') !== (intent.state === 'intended'))
    return { type: 'refused', reason: 'NotAwaitingAttestation' }
  return { type: 'decided', events: [closingEventOf(as, id, by, now)], effects: [] }
}

function closingEventOf(as: CloseAction['as'], intent: string, by: CloseAction['by'], at: number): ActionEvent {
  switch (as) {
    case 'withdrawn':
      return { type: 'ActionWithdrawn', intent, by, at }
    case 'confirmed':
      return { type: 'ActionConfirmed', intent, by, at }
    case 'lapsed':
      return { type: 'ActionLapsed', intent, by, at }
  }
}

const findIntent = (afterSale: AfterSaleCase | undefined, id: string): Intent | undefined =>
  afterSale?.intents?.find((intent) => intent.id === id)

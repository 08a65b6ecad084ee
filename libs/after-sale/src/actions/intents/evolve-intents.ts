import type { ActionEvent } from '../events'
import type { Intent, IntentState } from './intent'
import { isEverReported } from '../settlement/reported-state'

/** Folds one event of an action into the intents of a case. Total: an event of an unknown intent changes nothing. */
export function evolveIntents(intents: readonly Intent[], event: ActionEvent): readonly Intent[] {
  if (event.type === 'ActionIntended')
    return intents.some((i) => i.id === event.intent) ? intents : [...intents, newIntent(event)]
  return intents.map((intent) => (intent.id === event.intent ? applyUpdate(intent, event) : intent))
}

type IntentUpdate = Exclude<ActionEvent, { type: 'ActionIntended' }>

function newIntent({
  intent,
  action,
  by,
  way,
  judged,
  amount,
  heldUntil,
  at,
}: Extract<ActionEvent, { type: 'ActionIntended' }>): Intent {
  const held = heldUntil === undefined ? {} : { heldUntil }
  return { id: intent, action, by, way, at, judged, amount, state: 'intended', since: at, ...held }
}

function applyUpdate(intent: Intent, event: IntentUpdate): Intent {
  switch (event.type) {
    case 'ActionAnswered':
      return applyAnswer(intent, event)
    case 'ActionAttested':
      return { ...intent, state: isEverReported(intent.action.name) ? 'attested' : 'confirmed', since: event.at }
    case 'ActionConfirmed':
      return { ...intent, state: 'confirmed', since: event.at }
    case 'ActionOvertaken':
      return { ...intent, state: 'overtaken', since: event.at }
    case 'ActionLapsed':
      return { ...intent, state: 'lapsed', since: event.at }
    case 'ActionWithdrawn':
      return { ...intent, state: 'withdrawn', since: event.at }
  }
}

function applyAnswer(
  intent: Intent,
  { answer, sentAt, at }: Extract<IntentUpdate, { type: 'ActionAnswered' }>,
): Intent {
  switch (answer.type) {
    case 'done':
      return { ...intent, state: isEverReported(intent.action.name) ? 'answered' : 'confirmed', since: at }
    case 'in-doubt':
      return { ...intent, state: 'in-doubt', since: sentAt }
    case 'refused':
    case 'stale': {
      const state: IntentState = answer.type
      return { ...intent, state, since: at, code: answer.code }
    }
  }
}

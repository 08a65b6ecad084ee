import type { ActionEvent } from '../actions/events'
import type { Intent, IntentState } from '../actions/intents/intent'
import { isOpen } from '../actions/intents/intent'
import type { Appeal, AppealItemDecided } from './appeal-lifecycle'
import { appealStageOf, evolveAppeals } from './appeal-lifecycle'

/**
 * States of an action in which a person or the marketplace has said that it was done: an appeal then counts as filed.
 */
const DONE_STATES: ReadonlySet<IntentState> = new Set<IntentState>(['attested', 'answered', 'confirmed'])

/**
 * The appeals of a case after an event of one of its actions; `intents` are those after it. An action `appeal` becomes
 * an appeal under the same id once it was done. One that turned out not to have happened, or that a person withdrew, is
 * never decided (R083). `undefined` where the case never had an appeal.
 */
export function appealsAfter(
  appeals: readonly Appeal[] | undefined,
  intents: readonly Intent[],
  event: ActionEvent,
): readonly Appeal[] | undefined {
  const intent = intents.find(({ id }) => id === event.intent)
  if (intent?.action.name === 'appeal') {
    if (DONE_STATES.has(intent.state)) return fileAppeal(appeals ?? [], intent, event.at)
    return intent.state === 'lapsed' ? withdrawOpen(appeals, event.at, intent.id) : appeals
  }
  return intent?.action.name === 'withdraw-appeal' && DONE_STATES.has(intent.state)
    ? withdrawOpen(appeals, event.at)
    : appeals
}

function fileAppeal(appeals: readonly Appeal[], { id, action }: Intent, at: number): readonly Appeal[] {
  if (action.name !== 'appeal') return appeals
  const items = action.items.map(({ kind, amount }) => ({ kind, ...(amount === undefined ? {} : { claimed: amount }) }))
  return evolveAppeals(appeals, { type: 'AppealFiled', id, at, items })
}

/**
 * Withdraws the open appeal `only`; without it, every open one, since the back office has at most one open appeal per
 * case.
 */
function withdrawOpen(
  appeals: readonly Appeal[] | undefined,
  at: number,
  onlyId?: string,
): readonly Appeal[] | undefined {
  return appeals
    ?.filter((appeal) => isUndecided(appeal) && (onlyId === undefined || appeal.id === onlyId))
    .reduce((openAppeals, { id }) => evolveAppeals(openAppeals, { type: 'AppealWithdrawn', id, at }), appeals)
}

/** A result proves that the appeal was filed, so it confirms an action that was still open. */
export const confirmedByResult = (
  intents: readonly Intent[] | undefined,
  { id, at }: AppealItemDecided,
): readonly Intent[] | undefined =>
  intents?.map((intent) => (intent.id === id && isOpen(intent) ? { ...intent, state: 'confirmed', since: at } : intent))

/** Whether some item of the appeal may still be decided. */
export function isUndecided(appeal: Appeal): boolean {
  const stage = appealStageOf(appeal)
  return stage === 'under-review' || stage === 'partly-decided'
}

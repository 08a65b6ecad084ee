import type { ActionEvent } from '../actions/events'
import type { Intent, IntentState } from '../actions/intents/intent'
import { isOpen } from '../actions/intents/intent'
import type { Appeal, AppealItemDecided } from './appeal-lifecycle'
import { appealStageOf, evolveAppeals } from './appeal-lifecycle'

/** An appeal counts as filed when a person or the marketplace says so. */
const DONE: ReadonlySet<IntentState> = new Set<IntentState>(['attested', 'answered', 'confirmed'])

/**
 * The appeals of a case after an event of one of its actions; `intents` are those after it. An action `appeal` that was
 * done is an appeal from then on, under the same id; one that turned out not to have happened, or that a person
 * withdrew, is never decided (R083). Absent: there never was one.
 */
export function appealsAfter(
  appeals: readonly Appeal[] | undefined,
  intents: readonly Intent[],
  event: ActionEvent,
): readonly Appeal[] | undefined {
  const intent = intents.find(({ id }) => id === event.intent)
  if (intent?.action.name === 'appeal') {
    if (DONE.has(intent.state)) return fileAppeal(appeals ?? [], intent, event.at)
    return intent.state === 'lapsed' ? withdrawOpen(appeals, event.at, intent.id) : appeals
  }
  return intent?.action.name === 'withdraw-appeal' && DONE.has(intent.state) ? withdrawOpen(appeals, event.at) : appeals
}

function fileAppeal(appeals: readonly Appeal[], { id, action }: Intent, at: number): readonly Appeal[] {
  if (action.name !== 'appeal') return appeals
  const items = action.items.map(({ kind, amount }) => ({ kind, ...(amount === undefined ? {} : { claimed: amount }) }))
  return evolveAppeals(appeals, { type: 'AppealFiled', id, at, items })
}

/** Without an id everything that is not decided yet: the back office has one appeal of a case open at a time. */
function withdrawOpen(
  appeals: readonly Appeal[] | undefined,
  at: number,
  only?: string,
): readonly Appeal[] | undefined {
  return appeals
    ?.filter((appeal) => isUndecided(appeal) && (only === undefined || appeal.id === only))
    .reduce((all, { id }) => evolveAppeals(all, { type: 'AppealWithdrawn', id, at }), appeals)
}

/** Whatever the result, the appeal was filed: an action that still waited to be shown is confirmed by it. */
export const confirmedByResult = (
  intents: readonly Intent[] | undefined,
  { id, at }: AppealItemDecided,
): readonly Intent[] | undefined =>
  intents?.map((intent) => (intent.id === id && isOpen(intent) ? { ...intent, state: 'confirmed', since: at } : intent))

/** Something in it may still be decided. */
export function isUndecided(appeal: Appeal): boolean {
  const stage = appealStageOf(appeal)
  return stage === 'under-review' || stage === 'partly-decided'
}

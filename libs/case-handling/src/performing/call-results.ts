import type { MarketplaceAnswer } from '#after-sale'
import type { ActionOutcome } from '#connectors'
import type { CallResult } from '#event-store'
import { GAVE_UP, IN_DOUBT } from '#event-store'

/** Without a session no call was made: the next attempt gets a new one. */
const NO_SESSION_RETRY_MS = 1_000

/** What the outcome of a call means for the effect: it ends, it awaits an adapter, or it is retried as nothing was done. */
export function callResultOf(outcome: ActionOutcome): CallResult {
  switch (outcome.type) {
    case 'done':
    case 'already-done':
      return { type: 'ended', as: 'done' }
    case 'refused':
    case 'stale':
      return { type: 'ended', as: outcome.type }
    case 'unknown':
      return { type: 'ended', as: IN_DOUBT }
    case 'handed-out':
      return { type: 'awaited', forMs: outcome.answerMs }
    case 'try-later':
      return { type: 'later', afterMs: outcome.afterMs }
    case 'token-expired':
    case 'reauthorise':
      return { type: 'later', afterMs: NO_SESSION_RETRY_MS }
  }
}

/** Our own refusal code: it was retried to the limit and never sent. */
export const COULD_NOT_BE_SENT = 'ours:could-not-be-sent'

/** What the result of a call means for the case, given how its effect ended. */
export function marketplaceAnswerOf(outcome: ActionOutcome, endedAs: string | null): MarketplaceAnswer {
  if (endedAs === GAVE_UP) return { type: 'refused', code: COULD_NOT_BE_SENT }
  switch (outcome.type) {
    case 'done':
    case 'already-done':
      return { type: 'done' }
    case 'refused':
    case 'stale':
      return { type: outcome.type, code: outcome.code.slice(0, LONGEST_CODE) }
    default:
      return { type: 'in-doubt' }
  }
}

const LONGEST_CODE = 100

/** The marketplace's text, stored with the effect for diagnosis; it names no buyer. */
export const diagnosticTextOf = (outcome: ActionOutcome): string => {
  switch (outcome.type) {
    case 'refused':
    case 'reauthorise':
      return `${outcome.code} ${outcome.text}`
    case 'try-later':
    case 'unknown':
      return outcome.why
    case 'stale':
      return outcome.code
    default:
      return ''
  }
}

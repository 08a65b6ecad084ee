import type { MarketplaceAnswer } from '#after-sale'
import type { ActionOutcome } from '#connectors'
import type { CallResult } from '#event-store'
import { GAVE_UP, IN_DOUBT } from '#event-store'

/** What the result of a call means for the effect: it has ended, or certainly nothing was done and it is retried. */
export function callEndOf(performed: ActionOutcome): CallResult {
  switch (performed.type) {
    case 'done':
    case 'already-done':
      return { type: 'ended', as: 'done' }
    case 'refused':
    case 'stale':
      return { type: 'ended', as: performed.type }
    case 'unknown':
      return { type: 'ended', as: IN_DOUBT }
    case 'handed-out':
      return { type: 'awaited', forMs: performed.answerMs }
    case 'try-later':
      return { type: 'later', afterMs: performed.afterMs }
    case 'token-expired':
    case 'reauthorise':
      return { type: 'later', afterMs: 1_000 }
  }
}

/** Our own refusal code: it was retried to the limit and never sent. */
export const COULD_NOT_BE_SENT = 'ours:could-not-be-sent'

/** What the result of a call means for the case, given how its effect ended. */
export function answerOf(performed: ActionOutcome, endedAs: string | null): MarketplaceAnswer {
  if (endedAs === GAVE_UP) return { type: 'refused', code: COULD_NOT_BE_SENT }
  switch (performed.type) {
    case 'done':
    case 'already-done':
      return { type: 'done' }
    case 'refused':
    case 'stale':
      return { type: performed.type, code: performed.code.slice(0, LONGEST_CODE) }
    default:
      return { type: 'in-doubt' }
  }
}

const LONGEST_CODE = 100

/** The marketplace's text, stored with the effect for diagnosis; it names no buyer. */
export const textOf = (performed: ActionOutcome): string => {
  switch (performed.type) {
    case 'refused':
    case 'reauthorise':
      return `${performed.code} ${performed.text}`
    case 'try-later':
    case 'unknown':
      return performed.why
    case 'stale':
      return performed.code
    default:
      return ''
  }
}

import type { Answer, ActionOutcome, CallFailure } from '../../contract'
import type { PublishResult } from './call'

/** How long to wait where this process does not publish, which only its operator can change. */
const NOT_PUBLISHING_DELAY_MS = 60_000
/** Brokers that cannot be reached are usually back within seconds. */
const RETRY_DELAY_MS = 2_000

export const NOT_PUBLISHING = {
  type: 'try-later',
  afterMs: NOT_PUBLISHING_DELAY_MS,
  why: 'nothing is handed out here',
} as const satisfies CallFailure

export const NO_CALL = {
  type: 'refused',
  code: 'ours:no-call',
  text: 'adapters outside are not called',
} as const satisfies CallFailure

/** The outcome of an action, by whether its message was published. */
export function outcomeOfPublish(publishResult: PublishResult, answerMs: number): ActionOutcome {
  switch (publishResult) {
    case 'handed-out':
      return { type: 'handed-out', answerMs }
    case 'unreached':
      return { type: 'try-later', afterMs: RETRY_DELAY_MS, why: 'the brokers could not be reached' }
    case 'unsendable':
      return { type: 'refused', code: 'ours:cannot-be-said', text: '' }
    case 'unknown':
      return { type: 'unknown', why: 'no answer of the brokers' }
  }
}

/**
 * The answer to a request for a case, by whether its message was published. A repeated request does no harm, so it is
 * retried in doubt.
 */
export function answerOfPublish(publishResult: PublishResult): Answer<void> {
  if (publishResult === 'handed-out') return { type: 'ok', value: undefined }
  return publishResult === 'unsendable'
    ? { ...NO_CALL, code: 'ours:cannot-be-said' }
    : { type: 'try-later', afterMs: RETRY_DELAY_MS, why: 'the brokers gave no answer' }
}

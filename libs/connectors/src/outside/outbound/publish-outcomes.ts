import type { ActionOutcome, Answer, CallFailure } from '../../contract'
import type { PublishResult } from './call'

/** How long to wait where this process does not publish, which only its operator can change. */
const NOT_PUBLISHING_DELAY_MS = 60_000
/** Brokers that cannot be reached are usually back within seconds. */
const RETRY_DELAY_MS = 2_000

export const NOT_PUBLISHING = {
  type: 'try-later',
  afterMs: NOT_PUBLISHING_DELAY_MS,
  why: 'this process does not publish to adapters',
} as const satisfies CallFailure

const UNREACHED = {
  type: 'try-later',
  afterMs: RETRY_DELAY_MS,
  why: 'the brokers could not be reached',
} as const satisfies CallFailure

const UNSENDABLE = {
  type: 'refused',
  code: 'ours:cannot-be-said',
  text: 'the message is invalid, or its adapter is not registered',
} as const satisfies CallFailure

/** The outcome of an action, by whether its message was published. */
export function actionOutcomeOf(publishResult: PublishResult, answerMs: number): ActionOutcome {
  switch (publishResult) {
    case 'handed-out':
      return { type: 'handed-out', answerMs }
    case 'unreached':
      return UNREACHED
    case 'unsendable':
      return UNSENDABLE
    case 'unknown':
      // The adapter may have got the action: it is not retried.
      return { type: 'unknown', why: 'the brokers gave no answer' }
  }
}

/** The answer to a request for a case, by whether its message was published. */
export function caseRequestAnswerOf(publishResult: PublishResult): Answer<void> {
  switch (publishResult) {
    case 'handed-out':
      return { type: 'ok', value: undefined }
    case 'unreached':
      return UNREACHED
    case 'unsendable':
      return UNSENDABLE
    case 'unknown':
      // A repeated request does no harm, so it is retried.
      return { type: 'try-later', afterMs: RETRY_DELAY_MS, why: 'the brokers gave no answer' }
  }
}

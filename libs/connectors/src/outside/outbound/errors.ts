import type { Answer, ActionOutcome, CallFailure } from '../../contract'
import type { PublishResult } from './call'

/** Where this process publishes nothing, until its operator sets that right. */
const NOT_PUBLISHING_MS = 60_000
const RETRY_MS = 2_000

export const NOT_PUBLISHING = {
  type: 'try-later',
  afterMs: NOT_PUBLISHING_MS,
  why: 'nothing is handed out here',
} as const satisfies CallFailure

export const NOT_CALLED = {
  type: 'refused',
  code: 'ours:no-call',
  text: 'adapters outside are not called',
} as const satisfies CallFailure

/** What it means for an action that its message was delivered or not. */
export function outcomeOfPublish(delivered: PublishResult, answerMs: number): ActionOutcome {
  switch (delivered) {
    case 'handed-out':
      return { type: 'handed-out', answerMs }
    case 'unreached':
      return { type: 'try-later', afterMs: RETRY_MS, why: 'the brokers could not be reached' }
    case 'unsendable':
      return { type: 'refused', code: 'ours:cannot-be-said', text: '' }
    case 'unknown':
      return { type: 'unknown', why: 'no answer of the brokers' }
  }
}

/** The same for a question. Asking twice does no harm, so a doubt is asked again. */
export function answerOfPublish(delivered: PublishResult): Answer<void> {
  if (delivered === 'handed-out') return { type: 'ok', value: undefined }
  return delivered === 'unsendable'
    ? { ...NOT_CALLED, code: 'ours:cannot-be-said' }
    : { type: 'try-later', afterMs: RETRY_MS, why: 'the brokers gave no answer' }
}

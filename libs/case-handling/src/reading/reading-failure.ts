import type { Instant } from '#after-sale'
import type { Answer, Connector, InboundMessage } from '#connectors'
import type { ReadFailure } from '#event-store'
import { withoutImpossibleTimes } from '../receiving/impossible-times'

type FailedAnswer = Exclude<Answer<unknown>, { type: 'ok' }>

/** Why a marketplace did not answer the request to read a case. */
export function failureOfAnswer(answer: FailedAnswer): ReadFailure {
  switch (answer.type) {
    case 'refused':
    case 'reauthorise':
      return { kind: answer.type, text: `${answer.code} ${answer.text}`.trim() }
    case 'try-later':
      return { kind: 'try-later', text: answer.why }
    case 'unknown':
      return { kind: 'no-answer', text: answer.why }
    case 'token-expired':
      return { kind: 'try-later', text: 'the access token has expired' }
  }
}

/**
 * Why an answer does not show the requested case; `undefined` if it does. Such an answer is stored and interpreted like
 * every message, but the reading is not done: its failure delays the next attempt, which would otherwise follow at once,
 * forever.
 */
export function failureOfReport(
  message: InboundMessage,
  { inbound }: Connector,
  caseNumber: string,
  receivedAt: Instant,
): ReadFailure | undefined {
  const translation = inbound.translate({ channel: message.channel, raw: message.raw, receivedAt })
  switch (translation.type) {
    case 'unintelligible':
    case 'must-read':
      return { kind: 'unintelligible', text: translation.why }
    case 'observed':
      if (translation.case.caseNumber !== caseNumber)
        return { kind: 'unintelligible', text: 'the answer is about another case' }
      return withoutImpossibleTimes(translation.report, receivedAt) === undefined
        ? { kind: 'from-the-future', text: `revision ${new Date(translation.report.stamp.revision).toISOString()}` }
        : undefined
    default:
      return undefined
  }
}

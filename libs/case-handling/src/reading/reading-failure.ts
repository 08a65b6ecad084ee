import type { Instant } from '#after-sale'
import type { Answer, Connector, InboundMessage } from '#connectors'
import type { ReadFailure } from '#event-store'
import { plausibleReport } from '../receiving/plausible-report'

type NotOk = Exclude<Answer<unknown>, { type: 'ok' }>

/** Why a marketplace did not answer a reading. */
export function failureOf(answer: NotOk): ReadFailure {
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
 * Why an answer does not show the requested case; `undefined` where it does. The answer is stored in any case and
 * understood like every message; but a reading is done only when it has shown the case: otherwise it would be requested
 * again at once, forever.
 */
export function failureIn(
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
      return plausibleReport(translation.report, receivedAt) === undefined
        ? { kind: 'from-the-future', text: `revision ${new Date(translation.report.stamp.revision).toISOString()}` }
        : undefined
    default:
      return undefined
  }
}

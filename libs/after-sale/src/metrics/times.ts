import type { ActionName } from '../actions/action-names'
import type { AfterSaleCase } from '../case'
import type { Instant } from '../facets'
import { settledDuringIntervention } from '../intervention/settlement'
import { isFinal } from '../turn'
import { intervened } from './disputes'
import type { RefundSum } from './refunds'
import { refundSumOf } from './refunds'
import type { Truth } from '../truth'
import type { Share } from './share'
import { shareOf } from './share'

/** How long things took, ms: median, 90th percentile, and how many exceeded a limit. */
export interface Durations {
  readonly count: number
  readonly median?: number
  readonly p90?: number
  readonly over: number
  readonly unknown: number
}

/**
 * R044: cases refunded because the merchant did not respond: the deadline passed without an answer, and the refund was
 * made. Of all cases that have ended. A case whose deadline passed and that does not show yet what the platform did
 * is unknown.
 */
export const refundedBySilence = (cases: readonly AfterSaleCase[]): Share => shareOf(cases, refundBySilence)

/** Whether this case is one of them; `undefined`: it goes on, and no deadline has passed. */
export function refundBySilence(afterSale: AfterSaleCase): Truth | undefined {
  const silent = wasSilent(afterSale)
  if (!isFinal(afterSale)) return silent ? 'unknown' : undefined
  return silent && wasRefunded(afterSale) ? 'true' : 'false'
}

/** R044: what these missed deadlines cost, fen: the amount actually refunded automatically by time-out. */
export const lostBySilence = (cases: readonly AfterSaleCase[]): RefundSum =>
  refundSumOf(cases.filter((afterSale) => isFinal(afterSale) && wasSilent(afterSale) && wasRefunded(afterSale)))

/** What leaves the application itself unanswered: the marketplace's deadline goes on. */
const NO_ANSWERS: ReadonlySet<ActionName> = new Set([
  'add-remark',
  'send-small-payment',
  'submit-evidence',
  'answer-work-order',
  'appeal',
  'withdraw-appeal',
])

/** Whether the merchant's deadline passed without an answer of ours. */
export const wasSilent = ({ passed, intents }: AfterSaleCase): boolean => {
  const due = passed.SELLER_RESPONSE ?? passed.SELLER_RECEIPT
  return (
    due !== undefined &&
    !(intents ?? []).some(
      ({ at, state, action }) =>
        at < due && (state === 'confirmed' || state === 'answered') && !NO_ANSWERS.has(action.name),
    )
  )
}

export const wasRefunded = ({ status, money }: AfterSaleCase): boolean =>
  status?.outcome === 'refunded' || money?.stage === 'refunded'

/**
 * R089: from the application to the first answer that we know to be the merchant's own. Actions of others do not count.
 */
export const firstAnswers = (cases: readonly AfterSaleCase[], limit: number): Durations =>
  durationsOf(
    cases.map((afterSale) => durationBetween(afterSale.appliedAt, firstAnswerOf(afterSale))),
    limit,
  )

export const firstAnswerOf = ({ intents }: AfterSaleCase): Instant | undefined => {
  const answers = (intents ?? []).filter(
    ({ state, action }) => (state === 'confirmed' || state === 'answered') && action.name !== 'add-remark',
  )
  return answers.length === 0 ? undefined : Math.min(...answers.map(({ at }) => at))
}

/** R089: from the application to the end of the case, of those that have ended. */
export const handlingTimes = (cases: readonly AfterSaleCase[], limit: number): Durations =>
  durationsOf(
    cases.filter(isFinal).map((afterSale) => durationBetween(afterSale.appliedAt, caseEndOf(afterSale))),
    limit,
  )

/** R048: the same for cases that ended without the platform: it neither stepped in nor closed the case on timeout. */
export const selfCompletionTimes = (cases: readonly AfterSaleCase[], limit: number): Durations =>
  handlingTimes(cases.filter(endedWithoutPlatform), limit)

/** Whether the platform neither stepped in nor closed it on timeout. It says nothing of whether the case has ended. */
export const endedWithoutPlatform = (afterSale: AfterSaleCase): boolean =>
  intervened(afterSale) === 'false' && !wasSilent(afterSale)

/** R146: of the cases that the platform had taken up and that have ended, those that buyer and merchant settled themselves. */
export const settledWhileWithPlatform = (cases: readonly AfterSaleCase[]): Share =>
  shareOf(cases, (afterSale) => {
    if (intervened(afterSale) !== 'true') return undefined
    const settled = settledDuringIntervention(afterSale)
    return settled === undefined ? (isFinal(afterSale) ? 'unknown' : undefined) : settled ? 'true' : 'false'
  })

/** When a case that has ended reached its end; `undefined`: not reported. */
export const caseEndOf = ({ status, reached }: AfterSaleCase): Instant | undefined =>
  status === undefined ? undefined : reached[`status:${status.raw}`]

/** The time between two instants, ms; `undefined` also if `to` is before `from`, since one of the clocks is wrong then. */
export const durationBetween = (from: Instant | undefined, to: Instant | undefined): number | undefined =>
  from === undefined || to === undefined || to < from ? undefined : to - from

/** Counts durations, with nearest-rank percentiles, which are values that really occurred. `over`: strictly more than the limit. */
export function durationsOf(all: readonly (number | undefined)[], limit: number): Durations {
  const known = all.filter((duration) => duration !== undefined).sort((a, b) => a - b)
  const percentile = (perCent: number): number | undefined => known[Math.ceil((known.length * perCent) / 100) - 1]
  const [median, p90] = [percentile(50), percentile(90)]
  return {
    count: known.length,
    ...(median === undefined ? {} : { median }),
    ...(p90 === undefined ? {} : { p90 }),
    over: known.filter((duration) => duration > limit).length,
    unknown: all.length - known.length,
  }
}

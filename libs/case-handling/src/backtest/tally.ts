import type { Fen } from '#after-sale'
import type { RecordedOutcome, DecidedBy } from './outcome-tracker'
import type { StrategyDecision, TriedCase } from './try-case'

/** Whether the strategies would have paid more or less to the buyer than was really paid. */
export type PaymentDifference = 'pays-more' | 'pays-less' | 'none'

/** Sums over cases: plain numbers, which can be added and stored as JSON. Money in fen. */
export interface Tally {
  cases: number
  looks: number
  says: Record<StrategyDecision, number>
  fen: Record<StrategyDecision, Fen>
  /** Cases with an unknown amount; no sum of money contains them. */
  amountUnknown: number
  /** By the strategies' verdict, then by what happened: `approve/agreed/people`. */
  pairings: Record<string, number>
  /** What was really paid to buyers, as far as the marketplace reports the amounts actually refunded. */
  refundedFen: Fen
  /** The other refunds: how many, and the sum of the amounts agreed or asked. Not part of `refundedFen`. */
  refundsEstimated: number
  refundedEstimatedFen: Fen
  /** What the strategies would have paid on top of the real refunds, and what they would have saved of them. */
  moreFen: Fen
  lessFen: Fen
  deadlines: { met: number; missed: number; metWith: number; missedWith: number }
  /**
   * `really`: disputes that happened. `avoided`: those of them in cases that the strategies would have approved.
   * `risked`: cases without a dispute that people agreed to and the strategies would have rejected.
   */
  disputes: { really: number; avoided: number; risked: number }
  /** Refunds for quality by the first reason (R172), really and with the strategies; cases with an unclassified reason. */
  quality: { really: number; with: number; unknown: number }
}

const noDecisions = (): Record<StrategyDecision, number> => ({
  approve: 0,
  reject: 0,
  'act-otherwise': 0,
  expect: 0,
  unsure: 0,
  leave: 0,
  silent: 0,
})

export const emptyTally = (): Tally => ({
  cases: 0,
  looks: 0,
  says: noDecisions(),
  fen: noDecisions(),
  amountUnknown: 0,
  pairings: {},
  refundedFen: 0,
  refundsEstimated: 0,
  refundedEstimatedFen: 0,
  moreFen: 0,
  lessFen: 0,
  deadlines: { met: 0, missed: 0, metWith: 0, missedWith: 0 },
  disputes: { really: 0, avoided: 0, risked: 0 },
  quality: { really: 0, with: 0, unknown: 0 },
})

export function addToTally(tally: Tally, triedCase: TriedCase): void {
  const { says, happened, through, amount, refunded, deadlines, disputed, reason } = triedCase
  tally.cases += 1
  tally.looks += triedCase.looks
  tally.says[says] += 1
  if (amount === undefined) tally.amountUnknown += 1
  else {
    tally.fen[says] += amount
    if (differenceOf(triedCase) === 'pays-more') tally.moreFen += amount
  }
  countRefund(tally, triedCase)
  const pairing = pairingKeyOf(says, happened, through)
  tally.pairings[pairing] = (tally.pairings[pairing] ?? 0) + 1
  tally.deadlines.met += deadlines.really.met
  tally.deadlines.missed += deadlines.really.missed
  tally.deadlines.metWith += deadlines.tried.met
  tally.deadlines.missedWith += deadlines.tried.missed
  if (disputed) tally.disputes.really += 1
  if (disputed && says === 'approve') tally.disputes.avoided += 1
  if (!disputed && says === 'reject' && happened === 'agreed') tally.disputes.risked += 1
  if (reason === undefined) tally.quality.unknown += 1
  if (reason !== 'quality') return
  if (refunded === true) tally.quality.really += 1
  if ((refunded === true && says !== 'reject') || differenceOf(triedCase) === 'pays-more') tally.quality.with += 1
}

function countRefund(tally: Tally, triedCase: TriedCase): void {
  const { refund } = triedCase
  if (refund === undefined) return
  if (refund.source === 'refunded') tally.refundedFen += refund.fen
  else {
    tally.refundsEstimated += 1
    tally.refundedEstimatedFen += refund.fen
  }
  if (differenceOf(triedCase) === 'pays-less') tally.lessFen += refund.fen
}

/** `none` also for a case that is still open or whose refund is unknown. */
export function differenceOf({ says, refunded, happened }: TriedCase): PaymentDifference {
  if (says === 'approve' && refunded === false && happened !== 'agreed') return 'pays-more'
  return says === 'reject' && refunded === true ? 'pays-less' : 'none'
}

/** Whether the strategies would have acted against what was really decided. */
export const isAgainst = ({ says, happened }: Pick<TriedCase, 'says' | 'happened'>): boolean =>
  (says === 'approve' && happened !== 'agreed' && happened !== 'still-open') ||
  (says === 'reject' && happened === 'agreed')

export const pairingKeyOf = (says: StrategyDecision, happened: RecordedOutcome, through: DecidedBy): string =>
  `${says}/${happened}/${through}`

/** Adds two nested records of numbers, key by key. */
export function addCounts<T extends object>(a: T, b: T): T {
  const sum: Record<string, unknown> = { ...(a as Readonly<Record<string, unknown>>) }
  for (const [key, value] of Object.entries(b)) {
    const summand = sum[key]
    if (typeof value === 'number') sum[key] = (typeof summand === 'number' ? summand : 0) + value
    else if (typeof value === 'object' && value !== null)
      sum[key] = addCounts((summand ?? {}) as object, value as object)
  }
  return sum as T
}

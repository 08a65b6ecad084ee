import type { Fen } from '#after-sale'
import type { RecordedOutcome, DecidedBy } from './outcome-tracker'
import type { StrategyDecision, TriedCase } from './try-case'

/** The strategies' verdicts compared with what happened: where they would have made a difference. */
export type Difference = 'pays-more' | 'pays-less' | 'none'

/** Sums over cases. Plain numbers, so that two halves are added and a report is JSON. Money in fen. */
export interface Tally {
  cases: number
  looks: number
  says: Record<StrategyDecision, number>
  fen: Record<StrategyDecision, Fen>
  /** Cases with an unknown amount; they are in no sum of money. */
  amountUnknown: number
  /** By the strategies' verdict, then by what happened: `approve/agreed/people`. */
  pairings: Record<string, number>
  /** Money that was really paid to buyers, where the marketplace reports the amount actually refunded. */
  refundedFen: Fen
  /** Refunds of which it does not: how many, and the amount agreed or asked; it is not in `refundedFen`. */
  refundsEstimated: number
  refundedEstimatedFen: Fen
  /** What the strategies would have paid in addition to the real refunds; what they would have saved of them. */
  moreFen: Fen
  lessFen: Fen
  deadlines: { met: number; missed: number; metWith: number; missedWith: number }
  /**
   * Disputes that really happened; of these, those in cases that the strategies would have approved; disputes that they
   * would have risked by rejecting.
   */
  disputes: { really: number; avoided: number; risked: number }
  /** Refunds for quality by the first reason (R172), as it was and with the strategies; reasons of unknown class. */
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

/** Adds one case. */
export function addToTally(tally: Tally, tried: TriedCase): void {
  const { says, happened, through, amount, refunded, deadlines, disputed, reason } = tried
  tally.cases += 1
  tally.looks += tried.looks
  tally.says[says] += 1
  if (amount === undefined) tally.amountUnknown += 1
  else {
    tally.fen[says] += amount
    if (differenceOf(tried) === 'pays-more') tally.moreFen += amount
  }
  countRefund(tally, tried)
  const pairing = pairingOf(says, happened, through)
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
  if ((refunded === true && says !== 'reject') || differenceOf(tried) === 'pays-more') tally.quality.with += 1
}

function countRefund(tally: Tally, tried: TriedCase): void {
  const { refund } = tried
  if (refund === undefined) return
  if (refund.source === 'refunded') tally.refundedFen += refund.fen
  else {
    tally.refundsEstimated += 1
    tally.refundedEstimatedFen += refund.fen
  }
  if (differenceOf(tried) === 'pays-less') tally.lessFen += refund.fen
}

/** A case that is still open, or whose money is unknown, makes no difference yet. */
export function differenceOf({ says, refunded, happened }: TriedCase): Difference {
  if (says === 'approve' && refunded === false && happened !== 'agreed') return 'pays-more'
  return says === 'reject' && refunded === true ? 'pays-less' : 'none'
}

/** Whether the strategies would have acted against what was really decided. */
export const isAgainst = ({ says, happened }: Pick<TriedCase, 'says' | 'happened'>): boolean =>
  (says === 'approve' && happened !== 'agreed' && happened !== 'still-open') ||
  (says === 'reject' && happened === 'agreed')

export const pairingOf = (says: StrategyDecision, happened: RecordedOutcome, through: DecidedBy): string =>
  `${says}/${happened}/${through}`

/** The sum of two tallies of the same kind: numbers are added, whatever they are counted by. */
export function sumOf<T extends object>(a: T, b: T): T {
  const sum: Record<string, unknown> = { ...(a as Readonly<Record<string, unknown>>) }
  for (const [key, value] of Object.entries(b)) {
    const known = sum[key]
    if (typeof value === 'number') sum[key] = (typeof known === 'number' ? known : 0) + value
    else if (typeof value === 'object' && value !== null) sum[key] = sumOf((known ?? {}) as object, value as object)
  }
  return sum as T
}

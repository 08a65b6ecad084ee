import type { AppealKind } from '../actions/action'
import type { Appeal } from '../appeals/appeal-lifecycle'
import { APPEAL_KIND_NAMES } from '../appeals/appeal-kinds'
import type { AfterSaleCase } from '../case'
import type { Share, Sum } from './share'
import { sumOf } from './share'

/**
 * R067–R084: appeals won of those decided, item by item, one share per kind. A partial win counts as a win. Items under
 * review are unknown; withdrawn ones are not counted (R083).
 */
export function appealWins(appeals: readonly Appeal[]): Readonly<Record<AppealKind, Share>> {
  const shares = Object.fromEntries(
    APPEAL_KIND_NAMES.map((kind) => [kind, { numerator: 0, denominator: 0, unknown: 0 }]),
  ) as Record<AppealKind, { numerator: number; denominator: number; unknown: number }>
  for (const { items } of appeals)
    for (const { kind, result } of items) {
      const share = shares[kind]
      if (result === 'withdrawn') continue
      if (result === 'pending') share.unknown += 1
      else {
        share.denominator += 1
        if (result !== 'lost') share.numerator += 1
      }
    }
  return shares
}

/**
 * R070: money that appeals brought back. An item that was won without a reported amount recovered its claim; one won in
 * part recovered less, but it is unknown how much.
 */
export const recoveredMoney = (appeals: readonly Appeal[]): Sum =>
  sumOf(
    appeals.flatMap(({ items }) =>
      items.flatMap(({ kind, result, recovered, claimed }) => {
        if (kind === 'liability' || (result !== 'won' && result !== 'partly')) return []
        return [recovered ?? (result === 'won' ? claimed : undefined)]
      }),
    ),
  )

/**
 * R011, R086: what small payments cost. Those that the marketplace shows or accepted are counted; unconfirmed ones,
 * done by hand or in doubt, are unknown. Those that never took effect are not counted.
 */
export const smallPayments = (cases: readonly AfterSaleCase[]): Sum =>
  sumOf(
    cases.flatMap(({ intents }) =>
      (intents ?? []).flatMap(({ action, state }) => {
        if (action.name !== 'send-small-payment') return []
        if (state === 'confirmed' || state === 'answered') return [action.amount]
        return state === 'attested' || state === 'in-doubt' ? [undefined] : []
      }),
    ),
  )

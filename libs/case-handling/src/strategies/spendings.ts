import type { AfterSaleCase, Fen, Intent, IntentState } from '#after-sale'
import { CHINA_ZONE_MINUTES, civilDayOf, formatDate } from '#after-sale'
import type { Change } from '#event-store'
import type { Spending } from '#ledgers'

/** Whether an action in this state has cost its amount, or may have: an action in doubt counts as spent. */
const COUNTS_AS_SPENT: Readonly<Record<IntentState, boolean>> = {
  intended: true,
  attested: true,
  answered: true,
  'in-doubt': true,
  confirmed: true,
  refused: false,
  stale: false,
  lapsed: false,
  overtaken: false,
  withdrawn: false,
}

/** The day of a budget, `YYYY-MM-DD` in China time, even if the store has another time zone: a change of zone moves no budget. */
export const budgetDayOf = (at: number): string => formatDate(civilDayOf(at, CHINA_ZONE_MINUTES))

/**
 * What strategies committed in a batch (fen, positive), and what was released because an action did not happen
 * (negative). Derived from the cases before and after the batch, so nothing can be booked twice.
 */
export function diffSpendings(changes: readonly Change<AfterSaleCase>[]): Spending[] {
  return changes.flatMap(({ store, before, after }) => {
    if (after.intents === before?.intents) return []
    return (after.intents ?? []).flatMap((intent) => {
      const previous = before?.intents?.find(({ id }) => id === intent.id)
      const amount = committedAmountOf(intent) - (previous === undefined ? 0 : committedAmountOf(previous))
      if (intent.by.kind !== 'strategy' || amount === 0) return []
      const spending = { strategy: Number(intent.by.id), store, day: budgetDayOf(intent.at), amount }
      return [previous === undefined ? { ...spending, version: intent.by.version } : spending]
    })
  })
}

const committedAmountOf = ({ state, amount }: Intent): Fen => (COUNTS_AS_SPENT[state] ? amount : 0)

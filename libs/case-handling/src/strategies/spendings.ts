import type { AfterSaleCase, Fen, Intent, IntentState } from '#after-sale'
import { CHINA, civilDayOf, dateOf } from '#after-sale'
import type { Change } from '#event-store'
import type { Spending } from '#ledgers'

/** Whether money is, or may be, on its way because of an action in this state. In doubt counts as spent. */
const COMMITTED: Readonly<Record<IntentState, boolean>> = {
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

/** A day in China time, whatever the store's own time zone: a budget's day must not move. `YYYY-MM-DD`. */
export const budgetDayOf = (at: number): string => dateOf(civilDayOf(at, CHINA))

/**
 * What strategies committed in a batch, and what was released because an action did not happen, in fen. Derived from
 * the cases before and after; nothing is booked explicitly, so nothing can be booked twice.
 */
export function spendingsBetween(changes: readonly Change<AfterSaleCase>[]): Spending[] {
  return changes.flatMap(({ store, before, after }) => {
    if (after.intents === before?.intents) return []
    return (after.intents ?? []).flatMap((intent) => {
      const previous = before?.intents?.find(({ id }) => id === intent.id)
      const amount = committedBy(intent) - (previous === undefined ? 0 : committedBy(previous))
      if (intent.by.kind !== 'strategy' || amount === 0) return []
      const spending = { strategy: Number(intent.by.id), store, day: budgetDayOf(intent.at), amount }
      return [previous === undefined ? { ...spending, version: intent.by.version } : spending]
    })
  })
}

const committedBy = ({ state, amount }: Intent): Fen => (COMMITTED[state] ? amount : 0)

import type { AfterSaleCase, TermsOfTrade } from '#after-sale'
import { timersOf } from '#after-sale'
import type { Change, TimerRow } from '#event-store'

interface TimerChanges {
  readonly removed: readonly { readonly stream: string; readonly kind: string }[]
  readonly set: readonly TimerRow[]
}

/**
 * The timers to remove and to set, derived from the cases before and after a batch; no code schedules one explicitly.
 * `claimed` timers have fired and were deleted when they were claimed. A refolded case gets all its timers again: the
 * older fold may have derived others.
 */
export function diffTimers(
  changes: readonly (Change<AfterSaleCase> & { readonly refolded: boolean })[],
  terms: TermsOfTrade,
  claimed: ReadonlySet<string>,
): TimerChanges {
  const removed: { stream: string; kind: string }[] = []
  const set: TimerRow[] = []
  for (const { id, org, before, after, refolded } of changes) {
    const previousDue = new Map<string, number>()
    if (before !== undefined && !refolded)
      for (const { kind, due } of timersOf(before, terms))
        if (!claimed.has(timerKey(id, kind))) previousDue.set(kind, due)
    for (const { kind, due } of timersOf(after, terms)) {
      if (previousDue.get(kind) !== due) set.push({ stream: id, kind, org, due_at: due })
      previousDue.delete(kind)
    }
    for (const kind of previousDue.keys()) removed.push({ stream: id, kind })
  }
  return { removed, set }
}

/** The key of a timer in a set. */
export const timerKey = (stream: string, kind: string): string => `${stream}/${kind}`

import type { AppealKind } from '../actions/action'
import type { Fen, Instant } from '../facets'
import type { FailedAppeals } from './appeal-budget'
import { failedAppealsOf } from './appeal-budget'
import type { Appeal, ItemResult } from './appeal-lifecycle'
import { failuresOf } from './appeal-lifecycle'
import type { AppealHistory } from './appeal-ranking'
import type { AppealTerms } from './terms'

/** One item of an appeal, as it is stored per store. `null`: unknown, or not decided yet. */
export interface StoredAppealItem {
  /** The id of the case's event stream. */
  readonly stream: string
  readonly appeal: string
  readonly kind: AppealKind
  readonly filedAt: Instant
  readonly claimed: Fen | null
  readonly result: ItemResult
  readonly recovered: Fen | null
  readonly decidedAt: Instant | null
}

/** Groups stored items into appeals, in the order of the items. */
export function appealsFrom(items: readonly StoredAppealItem[]): readonly Appeal[] {
  const appeals = new Map<string, Appeal>()
  for (const { stream, appeal: id, kind, filedAt, claimed, result, recovered, decidedAt } of items) {
    const key = `${stream} ${id}`
    const item = {
      kind,
      ...(claimed === null ? {} : { claimed }),
      result,
      ...(recovered === null ? {} : { recovered }),
      ...(decidedAt === null ? {} : { decidedAt }),
    }
    appeals.set(key, { id, filedAt, items: [...(appeals.get(key)?.items ?? []), item] })
  }
  return [...appeals.values()]
}

/** R061, R062: the failures that count against a store's budget. */
export const failedAppealsOfStore = (
  items: readonly StoredAppealItem[],
  now: Instant,
  zoneMinutes: number,
  terms?: AppealTerms,
): FailedAppeals => failedAppealsOf(failuresOf(appealsFrom(items), terms), now, zoneMinutes)

/** The kinds of appeal of a case that are open or decided, not those withdrawn. */
export const appealedKindsOf = (items: readonly StoredAppealItem[], stream: string): readonly AppealKind[] => [
  ...new Set(items.flatMap((item) => (item.stream === stream && item.result !== 'withdrawn' ? [item.kind] : []))),
]

/** How appeals of each kind ended at a store. An item won in part counts as won, since it is no failure (R061). */
export function appealHistoryOf(items: readonly StoredAppealItem[]): AppealHistory {
  const history: { -readonly [K in AppealKind]?: { won: number; decided: number } } = {}
  for (const { kind, result } of items) {
    if (result !== 'won' && result !== 'partly' && result !== 'lost') continue
    const ofKind = (history[kind] ??= { won: 0, decided: 0 })
    ofKind.decided += 1
    if (result !== 'lost') ofKind.won += 1
  }
  return history
}

import type { AfterSaleCase } from '#after-sale'
import type { Change, Projection } from '#event-store'
import type { AppealResultRow } from '#ledgers'
import { writeAppealResults } from '#ledgers'

/** Keeps each item of each appeal, in the transaction that files or decides it; a case without appeals costs nothing. */
export const appealResults: Projection<AfterSaleCase> = {
  name: 'appeal-results',
  apply: (manager, changes) => writeAppealResults(manager, changes.flatMap(rowsOf)),
}

function rowsOf({ id, org, store, before, after }: Change<AfterSaleCase>): AppealResultRow[] {
  if (after.appeals === undefined || after.appeals === before?.appeals) return []
  return after.appeals.flatMap(({ id: appeal, filedAt, items }) =>
    items.map(({ kind, claimed, result, recovered, decidedAt }) => ({
      stream: id,
      appeal,
      kind,
      org,
      store,
      filed_at: filedAt,
      claimed: claimed ?? null,
      result,
      recovered: recovered ?? null,
      decided_at: decidedAt ?? null,
    })),
  )
}

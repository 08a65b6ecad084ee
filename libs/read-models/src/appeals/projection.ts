import type { AfterSaleCase } from '#after-sale'
import type { Change } from '#event-store'
import type { AppealResultRow } from '#ledgers'
import { upsertAppealResults } from '#ledgers'
import type { ReadModel } from '../question'

/** Each item of each appeal. A change that leaves the appeals of a case as they are writes nothing. */
export const appealResults: ReadModel = {
  name: 'appeal-results',
  tables: [{ name: 'appeal_result', caseColumn: 'stream' }],
  apply: (manager, changes) => upsertAppealResults(manager, changes.flatMap(buildResultRows)),
}

function buildResultRows({ id, org, store, before, after }: Change<AfterSaleCase>): AppealResultRow[] {
  if (after.appeals === undefined || after.appeals === before?.appeals) return []
  return after.appeals.flatMap(({ id: appeal, filedAt, items }) =>
    items.map(({ kind, claimed, result, recovered, decidedAt }) => ({
      stream: id,
      appeal,
      kind,
      org,
      store,
      filedAt,
      claimed: claimed ?? null,
      result,
      recovered: recovered ?? null,
      decidedAt: decidedAt ?? null,
    })),
  )
}

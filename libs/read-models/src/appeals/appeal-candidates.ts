import type { AfterSaleCase } from '#after-sale'
import type { ReadModel } from '../question'

/** When the ruling that can be appealed was reported (UTC ms); `undefined`: there is none, or it was appealed already. */
export function findOpenRuling({
  reached,
  dispute,
  facts,
  appeals,
  lastSeen,
  openedAt,
}: AfterSaleCase): number | undefined {
  if (appeals !== undefined || dispute?.stage === 'appealed' || dispute?.stage === 'decided') return undefined
  const ruled = reached['dispute:ruled-for-buyer']
  return ruled ?? (facts?.countedAsDispute === true ? (lastSeen?.revision ?? openedAt) : undefined)
}

/** Cases that could be appealed (R072). A case without a ruling is never written. */
export const appealCandidates: ReadModel = {
  name: 'appeal-candidates',
  tables: [{ name: 'appeal_candidate', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const removed: string[] = []
    const added: { case_id: string; org: number; store: number; ruled_at: number }[] = []
    for (const { id, org, store, before, after } of changes) {
      const previousRuling = before === undefined ? undefined : findOpenRuling(before)
      const currentRuling = findOpenRuling(after)
      if (previousRuling !== undefined && currentRuling === undefined) removed.push(id)
      if (currentRuling !== undefined && currentRuling !== previousRuling)
        added.push({ case_id: id, org, store, ruled_at: currentRuling })
    }
    if (removed.length > 0)
      await manager.query('DELETE FROM appeal_candidate WHERE case_id = ANY($1::uuid[])', [removed])
    if (added.length > 0) await manager.query(UPSERT_CANDIDATES, [JSON.stringify(added)])
  },
}

const UPSERT_CANDIDATES = `
  INSERT INTO appeal_candidate (case_id, org, store, ruled_at)
  SELECT * FROM json_to_recordset($1::json) AS c(case_id uuid, org int, store int, ruled_at bigint) ORDER BY 1
  ON CONFLICT (case_id) DO UPDATE SET ruled_at = excluded.ruled_at`

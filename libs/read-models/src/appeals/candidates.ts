import type { AfterSaleCase } from '#after-sale'
import type { ReadModel } from '../question'

/** When the ruling was made that can be appealed; `undefined`: there is none, or it has been appealed. */
export function ruledAtOf({ reached, dispute, facts, appeals, lastSeen, openedAt }: AfterSaleCase): number | undefined {
  if (appeals !== undefined || dispute?.stage === 'appealed' || dispute?.stage === 'decided') return undefined
  const ruled = reached['dispute:ruled-for-buyer']
  return ruled ?? (facts?.countedAsDispute === true ? (lastSeen?.revision ?? openedAt) : undefined)
}

/** Cases that could be appealed (R072). A case without a dispute costs nothing. */
export const appealCandidates: ReadModel = {
  name: 'appeal-candidates',
  tables: [{ name: 'appeal_candidate', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const removed: string[] = []
    const added: { case_id: string; org: number; store: number; ruled_at: number }[] = []
    for (const { id, org, store, before, after } of changes) {
      const was = before === undefined ? undefined : ruledAtOf(before)
      const is = ruledAtOf(after)
      if (was !== undefined && is === undefined) removed.push(id)
      if (is !== undefined && is !== was) added.push({ case_id: id, org, store, ruled_at: is })
    }
    if (removed.length > 0)
      await manager.query('DELETE FROM appeal_candidate WHERE case_id = ANY($1::uuid[])', [removed])
    if (added.length > 0) await manager.query(PUT, [JSON.stringify(added)])
  },
}

const PUT = `
  INSERT INTO appeal_candidate (case_id, org, store, ruled_at)
  SELECT * FROM json_to_recordset($1::json) AS c(case_id uuid, org int, store int, ruled_at bigint) ORDER BY 1
  ON CONFLICT (case_id) DO UPDATE SET ruled_at = excluded.ruled_at`

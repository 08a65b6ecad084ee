import type { AfterSaleCase } from '#after-sale'
import type { Projection } from '#event-store'

/** When it was ruled that an appeal could be about, or `undefined`: nothing was, or it was appealed. */
export function ruledAtOf({ reached, dispute, facts, appeals, lastSeen, openedAt }: AfterSaleCase): number | undefined {
  if (appeals !== undefined || dispute?.stage === 'appealed' || dispute?.stage === 'decided') return undefined
  const ruled = reached['dispute:ruled-for-buyer']
  return ruled ?? (facts?.countedAsDispute === true ? (lastSeen?.revision ?? openedAt) : undefined)
}

/** Keeps which cases could be appealed (R072); one without a dispute costs nothing. */
export const appealCandidates: Projection<AfterSaleCase> = {
  name: 'appeal-candidates',
  async apply(manager, changes) {
    const gone: string[] = []
    const come: { case_id: string; org: number; store: number; ruled_at: number }[] = []
    for (const { id, org, store, before, after } of changes) {
      const was = before === undefined ? undefined : ruledAtOf(before)
      const is = ruledAtOf(after)
      if (was !== undefined && is === undefined) gone.push(id)
      if (is !== undefined && is !== was) come.push({ case_id: id, org, store, ruled_at: is })
    }
    if (gone.length > 0) await manager.query('DELETE FROM appeal_candidate WHERE case_id = ANY($1::uuid[])', [gone])
    if (come.length > 0) await manager.query(PUT, [JSON.stringify(come)])
  },
}

const PUT = `
  INSERT INTO appeal_candidate (case_id, org, store, ruled_at)
  SELECT * FROM json_to_recordset($1::json) AS c(case_id uuid, org int, store int, ruled_at bigint) ORDER BY 1
  ON CONFLICT (case_id) DO UPDATE SET ruled_at = excluded.ruled_at`

import type { AfterSaleCase, EvidencePlace, EvidenceRequest, IntentState } from '#after-sale'
import { closingOf, evidenceWantedBy } from '#after-sale'
import type { ReadModel } from '../question'

const DONE: ReadonlySet<IntentState> = new Set<IntentState>(['attested', 'answered', 'confirmed'])
const ANSWERED_BY: Readonly<Partial<Record<EvidencePlace, string>>> = {
  'case-detail': 'submit-evidence',
  'work-order': 'answer-work-order',
}

/** Open requests for evidence of a case: of the dispute itself, and of work orders and appeals that people entered. */
export function requestsOf(afterSale: AfterSaleCase): readonly EvidenceRequest[] {
  if (afterSale.dispute === undefined && afterSale.facts?.evidenceAsked === undefined) return []
  const byTheCase = evidenceWantedBy(afterSale)
  const entered = (afterSale.facts?.evidenceAsked ?? []).filter((request) => !isAnswered(afterSale, request))
  // The dispute itself is known better from the marketplace than from what a person entered.
  const others = byTheCase === undefined ? entered : entered.filter(({ place }) => place !== 'case-detail')
  return byTheCase === undefined ? others : [byTheCase, ...others]
}

/** An answer from before the request does not count; where the time of the request is unknown, any answer does. */
const isAnswered = ({ intents }: AfterSaleCase, { place, askedAt = 0 }: EvidenceRequest): boolean =>
  (intents ?? []).some(
    ({ action, state, at }) => action.name === ANSWERED_BY[place] && DONE.has(state) && at >= askedAt,
  )

/** Requests for evidence, kept in the transaction that changes the case. A case without requests costs nothing. */
export const evidenceWanted: ReadModel = {
  name: 'evidence-wanted',
  tables: [{ name: 'evidence_wanted', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const removed: string[] = []
    const added: Row[] = []
    for (const { id, org, store, before, after } of changes) {
      const was = before === undefined ? [] : requestsOf(before)
      const is = requestsOf(after)
      if (JSON.stringify(was) === JSON.stringify(is)) continue
      if (was.length > 0) removed.push(id)
      added.push(
        ...is.map((request, n) => ({ case_id: id, n, org, store, request, due_at: closingOf(request)?.due ?? null })),
      )
    }
    if (removed.length > 0)
      await manager.query('DELETE FROM evidence_wanted WHERE case_id = ANY($1::uuid[])', [removed])
    if (added.length > 0) await manager.query(PUT, [JSON.stringify(added)])
  },
}

interface Row {
  readonly case_id: string
  readonly n: number
  readonly org: number
  readonly store: number
  readonly request: EvidenceRequest
  readonly due_at: number | null
}

const PUT = `
  INSERT INTO evidence_wanted (case_id, n, org, store, request, due_at)
  SELECT * FROM json_to_recordset($1::json) AS w(case_id uuid, n int, org int, store int, request json, due_at bigint) ORDER BY 1, 2
  ON CONFLICT (case_id, n) DO UPDATE SET request = excluded.request, due_at = excluded.due_at`

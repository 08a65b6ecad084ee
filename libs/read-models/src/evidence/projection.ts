import type { AfterSaleCase, EvidencePlace, EvidenceRequest, IntentState } from '#after-sale'
import { closingOf, evidenceWantedBy } from '#after-sale'
import type { ReadModel } from '../question'

const CARRIED_OUT: ReadonlySet<IntentState> = new Set<IntentState>(['attested', 'answered', 'confirmed'])
/** The action that answers a request, by the place that requests the evidence. */
const ANSWERED_BY: Readonly<Partial<Record<EvidencePlace, string>>> = {
  'case-detail': 'submit-evidence',
  'work-order': 'answer-work-order',
}

/** The open requests for evidence of a case: of its dispute, and of work orders and appeals that people entered. */
export function openRequestsOf(afterSale: AfterSaleCase): readonly EvidenceRequest[] {
  if (afterSale.dispute === undefined && afterSale.facts?.evidenceAsked === undefined) return []
  const disputeRequest = evidenceWantedBy(afterSale)
  const entered = (afterSale.facts?.evidenceAsked ?? []).filter((request) => !isAnswered(afterSale, request))
  // For the dispute, what the marketplace reports replaces what a person entered.
  const others = disputeRequest === undefined ? entered : entered.filter(({ place }) => place !== 'case-detail')
  return disputeRequest === undefined ? others : [disputeRequest, ...others]
}

/** Only an answer after the request counts; if the time of the request is unknown, any answer does. */
const isAnswered = ({ intents }: AfterSaleCase, { place, askedAt = 0 }: EvidenceRequest): boolean =>
  (intents ?? []).some(
    ({ action, state, at }) => action.name === ANSWERED_BY[place] && CARRIED_OUT.has(state) && at >= askedAt,
  )

/** The open requests for evidence of all cases. A case without requests is never written. */
export const evidenceWanted: ReadModel = {
  name: 'evidence-wanted',
  tables: [{ name: 'evidence_wanted', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const removed: string[] = []
    const added: EvidenceWantedRow[] = []
    for (const { id, org, store, before, after } of changes) {
      const previousRequests = before === undefined ? [] : openRequestsOf(before)
      const currentRequests = openRequestsOf(after)
      if (JSON.stringify(previousRequests) === JSON.stringify(currentRequests)) continue
      if (previousRequests.length > 0) removed.push(id)
      added.push(
        ...currentRequests.map((request, n) => ({
          case_id: id,
          n,
          org,
          store,
          request,
          due_at: closingOf(request)?.due ?? null,
        })),
      )
    }
    if (removed.length > 0)
      await manager.query('DELETE FROM evidence_wanted WHERE case_id = ANY($1::uuid[])', [removed])
    if (added.length > 0) await manager.query(UPSERT_REQUESTS, [JSON.stringify(added)])
  },
}

interface EvidenceWantedRow {
  readonly case_id: string
  readonly n: number
  readonly org: number
  readonly store: number
  readonly request: EvidenceRequest
  readonly due_at: number | null
}

const UPSERT_REQUESTS = `
  INSERT INTO evidence_wanted (case_id, n, org, store, request, due_at)
  SELECT * FROM json_to_recordset($1::json) AS w(case_id uuid, n int, org int, store int, request json, due_at bigint) ORDER BY 1, 2
  ON CONFLICT (case_id, n) DO UPDATE SET request = excluded.request, due_at = excluded.due_at`

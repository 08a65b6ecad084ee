import type { AfterSaleCase, EvidencePlace, EvidenceRequest, IntentState } from '#after-sale'
import { closingOf, evidenceWantedBy } from '#after-sale'
import type { Projection } from '#event-store'

const DONE: ReadonlySet<IntentState> = new Set<IntentState>(['attested', 'answered', 'confirmed'])
const ANSWERED_BY: Readonly<Partial<Record<EvidencePlace, string>>> = {
  'case-detail': 'submit-evidence',
  'work-order': 'answer-work-order',
}

/** Who wants evidence of a case: the case itself, and what people told of work orders and appeals, until it is answered. */
export function requestsOf(afterSale: AfterSaleCase): readonly EvidenceRequest[] {
  if (afterSale.dispute === undefined && afterSale.facts?.evidenceAsked === undefined) return []
  const byTheCase = evidenceWantedBy(afterSale)
  const told = (afterSale.facts?.evidenceAsked ?? []).filter((request) => !isAnswered(afterSale, request))
  // What the case itself shows is told better by it than by a person.
  const others = byTheCase === undefined ? told : told.filter(({ place }) => place !== 'case-detail')
  return byTheCase === undefined ? others : [byTheCase, ...others]
}

/** An answer from before it was asked is none; where nobody told when, the first one counts. */
const isAnswered = ({ intents }: AfterSaleCase, { place, askedAt = 0 }: EvidenceRequest): boolean =>
  (intents ?? []).some(
    ({ action, state, at }) => action.name === ANSWERED_BY[place] && DONE.has(state) && at >= askedAt,
  )

/** Keeps what is wanted, in the transaction that changes the case; a case that nobody asks costs nothing. */
export const evidenceWanted: Projection<AfterSaleCase> = {
  name: 'evidence-wanted',
  async apply(manager, changes) {
    const gone: string[] = []
    const come: Row[] = []
    for (const { id, org, store, before, after } of changes) {
      const was = before === undefined ? [] : requestsOf(before)
      const is = requestsOf(after)
      if (JSON.stringify(was) === JSON.stringify(is)) continue
      if (was.length > 0) gone.push(id)
      come.push(
        ...is.map((request, n) => ({ case_id: id, n, org, store, request, due_at: closingOf(request)?.due ?? null })),
      )
    }
    if (gone.length > 0) await manager.query('DELETE FROM evidence_wanted WHERE case_id = ANY($1::uuid[])', [gone])
    if (come.length > 0) await manager.query(PUT, [JSON.stringify(come)])
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

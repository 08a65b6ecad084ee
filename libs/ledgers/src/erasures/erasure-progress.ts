import type { Ledger } from '../author'
import type { ErasureRow } from './erasures'

/** A request to erase a buyer as people are shown it. */
export interface ErasureProgress extends Pick<
  ErasureRow,
  'id' | 'why' | 'requestedBy' | 'requestedAt' | 'withOpen' | 'messages' | 'pieces' | 'finishedAt'
> {
  readonly notes: number
  readonly cases: number
  readonly erasedCases: number
}

const PROGRESS = `
  SELECT e.id, e.why, e.requested_by AS "requestedBy", e.requested_at AS "requestedAt", e.with_open AS "withOpen",
    e.messages, e.pieces, e.notes, e.finished_at AS "finishedAt", c.cases, c.erased AS "erasedCases"
  FROM erasure e CROSS JOIN LATERAL (
    SELECT count(*)::int AS cases, count(erased_at)::int AS erased FROM erasure_case WHERE erasure = e.id
  ) c`

/** The request that covers a case. */
export const erasureOfCase = async (
  ledger: Ledger,
  org: number,
  stream: string,
): Promise<ErasureProgress | undefined> =>
  (
    await ledger.query<ErasureProgress[]>(
      `${PROGRESS} WHERE e.org = $1 AND e.id = (SELECT erasure FROM erasure_case WHERE stream = $2)`,
      [org, stream],
    )
  )[0]

/** The request with the requester's own id. */
export const erasureWithRequestId = async (
  ledger: Ledger,
  org: number,
  requestId: string,
): Promise<ErasureProgress | undefined> =>
  (await ledger.query<ErasureProgress[]>(`${PROGRESS} WHERE e.org = $1 AND e.request_id = $2`, [org, requestId]))[0]

import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { BatchOutcome } from './outcomes'
import { ITEMS_WITH_OUTCOMES, NOT_RETRIED } from './outcomes'

/** One case of a batch, with what became of it. */
export interface BatchItemRow {
  readonly n: number
  readonly caseId: string
  readonly store: number
  /** Null: the case is not in the queue's rows. */
  readonly caseNumber: string | null
  readonly marketplace: string | null
  readonly amountFen: number | null
  readonly byHand: boolean
  readonly outcome: BatchOutcome
  /** Why it was refused: by us, or the marketplace's code. */
  readonly reason: string | null
  readonly rule: string | null
  readonly warnings: readonly string[]
  /** What the marketplace said. */
  readonly text: string | null
}

/** The cases of a batch in its order, of some outcomes or of all. The caller has checked that the batch may be seen. */
export class BatchItemsQuery extends Query<readonly BatchItemRow[]> {
  constructor(
    readonly id: string,
    readonly of: {
      readonly outcomes?: readonly BatchOutcome[] | undefined
      /** Only those with this reason. */
      readonly reason?: string | undefined
      readonly stores?: readonly number[] | undefined
      /** After this number. */
      readonly after: number
      readonly limit: number
      /** Without the cases that a started retry of this batch has taken over: what became of them is in that one. */
      readonly notRetried?: boolean
    },
  ) {
    super()
  }
}

const FIND_ITEMS = `
  SELECT o.n, o.case_id AS "caseId", o.store, q.case_number AS "caseNumber", q.marketplace, o.amount_fen AS "amountFen",
    o.by_hand AS "byHand", o.outcome, CASE WHEN o.outcome = 'refused-by-platform' THEN o.code ELSE o.reason END AS reason,
    o.rule, string_to_array(o.warnings, '-') AS warnings, nullif(o.text, '') AS text
  FROM (${ITEMS_WITH_OUTCOMES}) o LEFT JOIN queue_row q ON q.case_id = o.case_id
  WHERE ($3::text[] IS NULL OR o.outcome = ANY ($3)) AND o.n > $4
    AND ($7::text IS NULL OR $7 = CASE WHEN o.outcome = 'refused-by-platform' THEN o.code ELSE o.reason END)
    AND (NOT $6 OR ${NOT_RETRIED})
  ORDER BY o.n LIMIT $5`

@QueryHandler(BatchItemsQuery)
export class BatchItemsHandler implements IQueryHandler<BatchItemsQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  execute({ id, of }: BatchItemsQuery): Promise<readonly BatchItemRow[]> {
    const { outcomes = null, reason = null, stores = null, after, limit, notRetried = false } = of
    return this.database.query<BatchItemRow[]>(FIND_ITEMS, [id, stores, outcomes, after, limit, notRetried, reason])
  }
}

import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { BatchOutcome } from './outcomes'
import { FAILED_OUTCOMES, ITEMS_WITH_OUTCOMES, NOT_RETRIED } from './outcomes'

/** A batch without its cases. Instants: UTC ms. */
export interface BatchHead {
  readonly id: string
  readonly action: string
  readonly state: 'frozen' | 'running' | 'recalling' | 'ended'
  readonly createdAt: number
  readonly createdBy: string
  /** Who froze it, as the audit names it. */
  readonly actor: string
  readonly asked: number
  readonly retryOf: string | null
  readonly startedAt: number | null
  readonly recalledAt: number | null
  readonly recalledBy: string | null
  readonly endedAt: number | null
  /** How long each of its actions that cost money waits after it was requested, ms; 0 before the start. */
  readonly undoMs: number
  /** Its texts are still kept: without them nothing can be tried again. */
  readonly hasTexts: boolean
}

/** Cases with the same outcome and reason. `fen`: what they cost together; `unknown`: how many of them may cost anything. */
export interface OutcomeGroup {
  readonly outcome: BatchOutcome
  readonly reason: string | null
  readonly rule: string | null
  readonly cases: number
  readonly fen: number
  readonly unknown: number
  readonly byHand: number
  /** How many have not left yet. */
  readonly held: number
}

export interface Batch {
  readonly head: BatchHead
  readonly groups: readonly OutcomeGroup[]
  /** It has ended, some of it failed, and no started retry has taken that over. */
  readonly hasFailures: boolean
  /** Of the cases that are not refused: how many have each warning. */
  readonly warnings: readonly { readonly warning: string; readonly cases: number }[]
}

export const HEAD_COLUMNS = `b.id, b.action, b.state, b.created_at AS "createdAt", b.created_by AS "createdBy", b.actor, b.asked,
  b.retry_of AS "retryOf", b.started_at AS "startedAt", b.recalled_at AS "recalledAt", b.recalled_by AS "recalledBy",
  b.ended_at AS "endedAt", b.undo_ms AS "undoMs", b.sealed IS NOT NULL AS "hasTexts"`

/** One batch; undefined if the organisation has none with this id. `actor`: only one of this person; absent: of any person. */
export class BatchQuery extends Query<Batch | undefined> {
  constructor(
    readonly org: number,
    readonly id: string,
    readonly actor?: string,
    /** Only cases of these stores count; absent: of every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

const FIND_HEAD = `SELECT ${HEAD_COLUMNS} FROM action_batch b WHERE b.id = $1 AND b.org = $2 AND ($3::text IS NULL OR b.actor = $3)`

const COUNT_OUTCOMES = `
  SELECT outcome, CASE WHEN outcome = 'refused-by-platform' THEN code ELSE reason END AS reason, rule, count(*) AS cases,
    least(coalesce(sum(amount_fen), 0), ${Number.MAX_SAFE_INTEGER})::bigint AS fen, count(*) FILTER (WHERE amount_fen IS NULL) AS unknown,
    count(*) FILTER (WHERE by_hand) AS "byHand", count(*) FILTER (WHERE held) AS held
  FROM (${ITEMS_WITH_OUTCOMES}) o GROUP BY 1, 2, 3 ORDER BY cases DESC, 1, 2, 3`

const COUNT_WARNINGS = `
  SELECT warning, count(*) AS cases FROM action_batch_item i, unnest(string_to_array(i.warnings, '-')) AS warning
  WHERE i.batch = $1 AND ($2::int[] IS NULL OR i.store = ANY ($2)) AND i.warnings <> '' AND i.state <> 'refused'
  GROUP BY 1 ORDER BY 2 DESC, 1`

const HAS_FAILURES = `
  SELECT FROM (${ITEMS_WITH_OUTCOMES}) o WHERE o.outcome = ANY ($3::text[]) AND ${NOT_RETRIED} LIMIT 1`

@QueryHandler(BatchQuery)
export class BatchHandler implements IQueryHandler<BatchQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, id, actor, stores }: BatchQuery): Promise<Batch | undefined> {
    const [head] = await this.database.query<BatchHead[]>(FIND_HEAD, [id, org, actor ?? null])
    if (head === undefined) return undefined
    const of = [id, stores ?? null]
    const [groups, warnings] = await Promise.all([
      this.database.query<OutcomeGroup[]>(COUNT_OUTCOMES, of),
      this.database.query<{ warning: string; cases: number }[]>(COUNT_WARNINGS, of),
    ])
    return { head, groups, warnings, hasFailures: await this.hasFailures(head, groups, stores ?? null) }
  }

  private async hasFailures(
    { id, state }: BatchHead,
    groups: readonly OutcomeGroup[],
    stores: readonly number[] | null,
  ): Promise<boolean> {
    // Not asked while a page polls a batch at work.
    if (state !== 'ended' || !groups.some(({ outcome }) => FAILED_OUTCOMES.includes(outcome))) return false
    return (await this.database.query<unknown[]>(HAS_FAILURES, [id, stores, FAILED_OUTCOMES])).length > 0
  }
}

import type { EntityManager } from 'typeorm'
import type { Verdict } from '#after-sale'
import { storableJson } from '#event-store'
import type { Ledger } from '../author'

/** What a strategy that is armed as a shadow would have done with a case. */
export interface ShadowVerdictRow {
  readonly stream: string
  readonly strategy: number
  readonly version: number
  /** The marketplace's revision of the case that was judged, UTC ms. */
  readonly judgedRevision: number
  readonly org: number
  readonly store: number
  readonly verdict: Verdict
  readonly recordedAt: number
}

/**
 * Stores a verdict once per case, version and judged revision: a repeated batch changes nothing. By hand: a set of rows in one
 * statement of the batch.
 */
export async function insertShadowVerdicts(manager: EntityManager, rows: readonly ShadowVerdictRow[]): Promise<void> {
  if (rows.length > 0) await manager.query(INSERT_SHADOW_VERDICTS, [storableJson(rows)])
}

const INSERT_SHADOW_VERDICTS = `
  INSERT INTO shadow (stream, strategy, version, judged, org, store, verdict, recorded_at)
  SELECT stream, strategy, version, "judgedRevision", org, store, verdict, "recordedAt" FROM json_to_recordset($1::json)
    AS s(stream uuid, strategy int, version int, "judgedRevision" bigint, org int, store int, verdict json, "recordedAt" bigint)
  ON CONFLICT DO NOTHING`

/** Which shadow verdicts are wanted. */
export interface ShadowPage {
  readonly limit: number
  /** Of these stores only; `undefined`: of all. Not taken out afterwards: the limit would then hide verdicts that may be seen. */
  readonly stores: readonly number[] | undefined
}

/** The shadow verdicts of a strategy, newest first. */
export const shadowVerdictsOf = (
  ledger: Ledger,
  org: number,
  strategy: number,
  { limit, stores }: ShadowPage,
): Promise<Pick<ShadowVerdictRow, 'stream' | 'version' | 'store' | 'verdict' | 'recordedAt'>[]> =>
  ledger.query(
    `SELECT stream, version, store, verdict, recorded_at AS "recordedAt" FROM shadow
     WHERE org = $1 AND strategy = $2 AND ($4::int[] IS NULL OR store = ANY ($4)) ORDER BY recorded_at DESC, stream LIMIT $3`,
    [org, strategy, limit, stores ?? null],
  )

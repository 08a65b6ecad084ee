import type { EntityManager } from 'typeorm'
import type { Verdict } from '#after-sale'
import { storableJson } from '#event-store'
import type { Ledger } from '../author'

/** What a strategy in shadow would have done. The same case at the same revision is kept once. */
export interface ShadowRow {
  readonly stream: string
  readonly strategy: number
  readonly version: number
  readonly judged: number
  readonly org: number
  readonly store: number
  readonly verdict: Verdict
  readonly recordedAt: number
}

/** By hand: a set of rows in one statement of the batch. */
export async function writeShadows(manager: EntityManager, rows: readonly ShadowRow[]): Promise<void> {
  if (rows.length > 0) await manager.query(SHADOW, [storableJson(rows)])
}

const SHADOW = `
  INSERT INTO shadow (stream, strategy, version, judged, org, store, verdict, recorded_at)
  SELECT stream, strategy, version, judged, org, store, verdict, "recordedAt" FROM json_to_recordset($1::json)
    AS s(stream uuid, strategy int, version int, judged bigint, org int, store int, verdict json, "recordedAt" bigint)
  ON CONFLICT DO NOTHING`

/** What a strategy would have done, newest first, at most `limit`. */
export const shadowsOf = (
  ledger: Ledger,
  org: number,
  strategy: number,
  limit: number,
): Promise<Pick<ShadowRow, 'stream' | 'version' | 'store' | 'verdict' | 'recordedAt'>[]> =>
  ledger.query(
    `SELECT stream, version, store, verdict, recorded_at AS "recordedAt" FROM shadow
     WHERE org = $1 AND strategy = $2 ORDER BY recorded_at DESC, stream LIMIT $3`,
    [org, strategy, limit],
  )

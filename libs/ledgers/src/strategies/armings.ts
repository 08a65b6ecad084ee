import type { EntityManager } from 'typeorm'
import { storableJson } from '#event-store'

/** A version of a strategy in force at one store. `cap` is fen a day. */
export interface Arming {
  readonly id: number
  readonly org: number
  readonly store: number
  readonly strategy: number
  readonly version: number
  readonly policy: string
  readonly settings: unknown
  readonly mode: 'shadow' | 'live'
  readonly cap: number
}

/** The newest terms of one store. */
export interface StoreTermsRow {
  readonly store: number
  readonly version: number
  readonly document: unknown
}

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** Everything that is in force, in the order in which it was armed. Few rows, wanted all the time: keep them in memory, by the revision of what is in force. */
export const armingsInForce = (database: Queries): Promise<Arming[]> =>
  database.query(
    `SELECT a.id, a.org, a.store, a.strategy, a.version, s.policy, v.settings, a.mode, a.cap
     FROM arming a JOIN strategy s ON s.id = a.strategy
     JOIN strategy_version v ON v.strategy = a.strategy AND v.version = a.version
     WHERE a.disarmed_at IS NULL ORDER BY a.id`,
  )

export const newestStoreTerms = (database: Queries): Promise<StoreTermsRow[]> =>
  database.query('SELECT DISTINCT ON (store) store, version, document FROM store_terms ORDER BY store, version DESC')

/** What a strategy in shadow would have done. The same case at the same revision is kept once. */
export interface ShadowRow {
  readonly stream: string
  readonly strategy: number
  readonly version: number
  readonly judged: number
  readonly org: number
  readonly store: number
  readonly verdict: unknown
  readonly recorded_at: number
}

export async function writeShadows(manager: EntityManager, rows: readonly ShadowRow[]): Promise<void> {
  if (rows.length > 0) await manager.query(SHADOW, [storableJson(rows)])
}

const SHADOW = `
  INSERT INTO shadow (stream, strategy, version, judged, org, store, verdict, recorded_at)
  SELECT stream, strategy, version, judged, org, store, verdict, recorded_at FROM json_to_recordset($1::json)
    AS s(stream uuid, strategy int, version int, judged bigint, org int, store int, verdict json, recorded_at bigint)
  ON CONFLICT DO NOTHING`

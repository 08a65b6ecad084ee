import type { DataSource, EntityManager } from 'typeorm'

/** How far a rebuild has come. */
export interface RebuildProgress {
  /** The last case done. */
  readonly after: string
  readonly cases: number
  /** Cases whose rows were missing or wrong. */
  readonly differing: number
  readonly startedAt: Date
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'
const COLUMNS = `after, cases, differing, started_at AS "startedAt"`

/** Another process has taken over the lease and continues this rebuild. */
export class RebuildTakenOver extends Error {
  constructor(readModel: string) {
    super(`another process rebuilds ${readModel} now`)
  }
}

/** Continues an unfinished rebuild, or starts over. */
export async function startRebuild(
  database: DataSource,
  readModel: string,
  startOver: boolean,
): Promise<RebuildProgress> {
  const [progress] = await database.query<RebuildProgress[]>(START_REBUILD, [readModel, BEFORE_ALL, startOver])
  if (progress !== undefined) return progress
  const [unfinished] = await database.query<RebuildProgress[]>(`SELECT ${COLUMNS} FROM rebuild WHERE read_model = $1`, [
    readModel,
  ])
  if (unfinished === undefined) throw new RebuildTakenOver(readModel)
  return unfinished
}

const START_REBUILD = `
  INSERT INTO rebuild AS r (read_model, after, cases, differing) VALUES ($1, $2, 0, 0)
  ON CONFLICT (read_model) DO UPDATE
    SET after = excluded.after, cases = 0, differing = 0, started_at = clock_timestamp(), finished_at = NULL
    WHERE r.finished_at IS NOT NULL OR $3
  RETURNING ${COLUMNS}`

/** Stores the progress in the transaction of the batch, so that both are lost or neither is. @throws RebuildTakenOver */
export async function advanceRebuild(
  manager: EntityManager,
  readModel: string,
  { after }: RebuildProgress,
  batch: { readonly last: string; readonly cases: number; readonly differing: number },
): Promise<RebuildProgress> {
  const [progress] = await manager.query<RebuildProgress[]>(ADVANCE_REBUILD, [
    readModel,
    after,
    batch.last,
    batch.cases,
    batch.differing,
  ])
  if (progress === undefined) throw new RebuildTakenOver(readModel)
  return progress
}

// A SELECT around the UPDATE, because TypeORM returns the rows of an UPDATE in another shape.
const ADVANCE_REBUILD = `
  WITH moved AS (
    UPDATE rebuild SET after = $3, cases = cases + $4, differing = differing + $5
    WHERE read_model = $1 AND after = $2 AND finished_at IS NULL RETURNING *
  ) SELECT ${COLUMNS} FROM moved`

export const finishRebuild = (database: DataSource, readModel: string): Promise<unknown> =>
  database.query('UPDATE rebuild SET finished_at = clock_timestamp() WHERE read_model = $1', [readModel])

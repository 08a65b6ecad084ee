import type { DataSource, EntityManager } from 'typeorm'

/** How far a rebuild has come. */
export interface Progress {
  /** The last case done. */
  readonly after: string
  readonly cases: number
  /** Cases whose rows were missing or wrong. */
  readonly differing: number
  readonly startedAt: Date
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'
const COLUMNS = `after, cases, differing, started_at AS "startedAt"`

/** Another process continued this rebuild after taking over its lease. */
export class RebuildTakenOver extends Error {
  constructor(readModel: string) {
    super(`another process rebuilds ${readModel} now`)
  }
}

/** Continues an unfinished rebuild, or starts over. */
export async function begin(database: DataSource, readModel: string, startOver: boolean): Promise<Progress> {
  const [progress] = await database.query<Progress[]>(BEGIN, [readModel, BEFORE_ALL, startOver])
  if (progress !== undefined) return progress
  const [unfinished] = await database.query<Progress[]>(`SELECT ${COLUMNS} FROM rebuild WHERE read_model = $1`, [
    readModel,
  ])
  if (unfinished === undefined) throw new RebuildTakenOver(readModel)
  return unfinished
}

const BEGIN = `
  INSERT INTO rebuild AS r (read_model, after, cases, differing) VALUES ($1, $2, 0, 0)
  ON CONFLICT (read_model) DO UPDATE
    SET after = excluded.after, cases = 0, differing = 0, started_at = clock_timestamp(), finished_at = NULL
    WHERE r.finished_at IS NOT NULL OR $3
  RETURNING ${COLUMNS}`

/** In the transaction of the batch, so that a kill loses both or neither. @throws RebuildTakenOver */
export async function advance(
  manager: EntityManager,
  readModel: string,
  { after }: Progress,
  done: { readonly last: string; readonly cases: number; readonly differing: number },
): Promise<Progress> {
  const [progress] = await manager.query<Progress[]>(ADVANCE, [readModel, after, done.last, done.cases, done.differing])
  if (progress === undefined) throw new RebuildTakenOver(readModel)
  return progress
}

// As a SELECT, since TypeORM returns the rows of an UPDATE in another shape.
const ADVANCE = `
  WITH moved AS (
    UPDATE rebuild SET after = $3, cases = cases + $4, differing = differing + $5
    WHERE read_model = $1 AND after = $2 AND finished_at IS NULL RETURNING *
  ) SELECT ${COLUMNS} FROM moved`

export const finish = (database: DataSource, readModel: string): Promise<unknown> =>
  database.query('UPDATE rebuild SET finished_at = clock_timestamp() WHERE read_model = $1', [readModel])

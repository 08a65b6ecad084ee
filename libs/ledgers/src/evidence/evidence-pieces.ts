/** One piece of evidence of a case. Instants UTC ms; null: nobody told. The bytes lie elsewhere, under the hash. */
export interface EvidencePieceRow {
  readonly stream: string
  /** SHA-256 of the bytes, lower hex. */
  readonly hash: string
  readonly org: number
  readonly store: number
  readonly type: string
  readonly kind: string
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly shows: string | null
  readonly captured_at: number | null
  readonly keep_until: number
  readonly added_by: string
  readonly added_at: number
  readonly judged_invalid: boolean
  readonly judged_late: boolean
  readonly judged_by: string | null
}

export type NewPiece = Omit<EvidencePieceRow, 'judged_invalid' | 'judged_late' | 'judged_by'>

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** The same piece again is the same piece: what is told of it now counts, and it is kept until the later of both times. */
export const addPiece = (database: Queries, piece: NewPiece): Promise<unknown> =>
  database.query(ADD, [JSON.stringify([piece])])

const ADD = `
  INSERT INTO evidence_piece (stream, hash, org, store, type, kind, bytes, width, height, shows, captured_at, keep_until, added_by, added_at)
  SELECT * FROM json_to_recordset($1::json) AS p(stream uuid, hash text, org int, store int, type text, kind text, bytes bigint,
    width int, height int, shows text, captured_at bigint, keep_until bigint, added_by text, added_at bigint)
  ON CONFLICT (stream, hash) DO UPDATE
    SET shows = coalesce(excluded.shows, evidence_piece.shows),
        captured_at = coalesce(excluded.captured_at, evidence_piece.captured_at),
        keep_until = greatest(excluded.keep_until, evidence_piece.keep_until)`

/** All pieces of these cases, in the order in which they were added. */
export const piecesOf = (database: Queries, streams: readonly string[]): Promise<EvidencePieceRow[]> =>
  streams.length === 0
    ? Promise.resolve([])
    : database.query('SELECT * FROM evidence_piece WHERE stream = ANY($1::uuid[]) ORDER BY stream, added_at, hash', [
        streams,
      ])

/** What these pieces of an organisation are, as far as some case of it has them. */
export const typesOfPieces = (
  database: Queries,
  org: number,
  hashes: readonly string[],
): Promise<{ readonly hash: string; readonly type: string }[]> =>
  database.query('SELECT DISTINCT hash, type FROM evidence_piece WHERE org = $1 AND hash = ANY($2::text[])', [
    org,
    hashes,
  ])

/** What the platform said of a piece, as a person reports it. `false`: there is no such piece. */
export async function judgePiece(
  database: Queries,
  {
    org,
    stream,
    hash,
    invalid,
    late,
    by,
  }: { org: number; stream: string; hash: string; invalid: boolean; late: boolean; by: string },
): Promise<boolean> {
  const rows = await database.query<unknown[]>(
    `WITH judged AS (
       UPDATE evidence_piece SET judged_invalid = $4, judged_late = $5, judged_by = $6
       WHERE org = $1 AND stream = $2 AND hash = $3 RETURNING 1
     ) SELECT * FROM judged`,
    [org, stream, hash, invalid, late, by],
  )
  return rows.length > 0
}

/** Pieces whose time is over by then, with the case that they belong to, for a last look. */
export const piecesEnding = <S>(database: Queries, by: number): Promise<(EvidencePieceRow & { readonly state: S })[]> =>
  database.query(
    `SELECT p.*, s.state FROM evidence_piece p JOIN stream s ON s.id = p.stream WHERE p.keep_until <= $1
     ORDER BY p.keep_until, p.stream, p.hash LIMIT 2000`,
    [by],
  )

export const keepPiece = (
  database: Queries,
  { stream, hash }: { stream: string; hash: string },
  until: number,
): Promise<unknown> =>
  database.query('UPDATE evidence_piece SET keep_until = greatest(keep_until, $3) WHERE stream = $1 AND hash = $2', [
    stream,
    hash,
    until,
  ])

/** Forgets one piece whose time is over; one that was kept longer meanwhile stays. */
export const forgetPiece = (
  database: Queries,
  { stream, hash }: { stream: string; hash: string },
  now: number,
): Promise<unknown> =>
  database.query('DELETE FROM evidence_piece WHERE stream = $1 AND hash = $2 AND keep_until <= $3', [stream, hash, now])

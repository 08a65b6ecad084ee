import { In, LessThanOrEqual } from 'typeorm'
import type { Ledger } from '../author'
import { EvidencePieceEntity } from './evidence-piece.entity'

export type EvidencePieceRow = EvidencePieceEntity
export type NewPiece = Omit<EvidencePieceRow, 'judgedInvalid' | 'judgedLate' | 'judgedBy'>
type PieceKey = Pick<EvidencePieceRow, 'stream' | 'hash'>

/**
 * The same bytes are the same piece: the newest statement about it counts, and it is kept until the later of both times. By hand: what
 * is kept depends on the row that is there.
 */
export const addPiece = (ledger: Ledger, piece: NewPiece): Promise<unknown> =>
  ledger.query(ADD, [JSON.stringify([piece])])

const ADD = `
  INSERT INTO evidence_piece (stream, hash, org, store, type, kind, bytes, width, height, shows, captured_at, keep_until, added_by, added_at)
  SELECT * FROM json_to_recordset($1::json) AS p(stream uuid, hash text, org int, store int, type text, kind text, bytes bigint,
    width int, height int, shows text, "capturedAt" bigint, "keepUntil" bigint, "addedBy" text, "addedAt" bigint)
  ON CONFLICT (stream, hash) DO UPDATE
    SET shows = coalesce(excluded.shows, evidence_piece.shows),
        captured_at = coalesce(excluded.captured_at, evidence_piece.captured_at),
        keep_until = greatest(excluded.keep_until, evidence_piece.keep_until)`

/** All pieces of these cases, in the order in which they were added. */
export const piecesOf = (ledger: Ledger, streams: readonly string[]): Promise<EvidencePieceRow[]> =>
  streams.length === 0
    ? Promise.resolve([])
    : ledger
        .getRepository(EvidencePieceEntity)
        .find({ where: { stream: In(streams) }, order: { stream: 'ASC', addedAt: 'ASC', hash: 'ASC' } })

/** What these pieces of an organisation are, as far as some case of it has them. */
export const typesOfPieces = (
  ledger: Ledger,
  org: number,
  hashes: readonly string[],
): Promise<Pick<EvidencePieceRow, 'hash' | 'type'>[]> =>
  ledger.query('SELECT DISTINCT hash, type FROM evidence_piece WHERE org = $1 AND hash = ANY($2::text[])', [
    org,
    hashes,
  ])

/** The platform's verdict on a piece, as reported by an operator. `false`: there is no such piece. */
export async function judgePiece(
  ledger: Ledger,
  {
    org,
    stream,
    hash,
    invalid,
    late,
    by,
  }: { org: number; stream: string; hash: string; invalid: boolean; late: boolean; by: string },
): Promise<boolean> {
  const { affected } = await ledger
    .getRepository(EvidencePieceEntity)
    .update({ org, stream, hash }, { judgedInvalid: invalid, judgedLate: late, judgedBy: by })
  return affected === 1
}

type PieceEnding<S> = Pick<EvidencePieceRow, 'stream' | 'hash' | 'org' | 'store' | 'keepUntil'> & { readonly state: S }

/** Pieces whose time is over by then, with the case that they belong to, for a last check. By hand: joined with the stream. */
export const piecesEnding = <S>(ledger: Ledger, by: number): Promise<PieceEnding<S>[]> =>
  ledger.query(
    `SELECT p.stream, p.hash, p.org, p.store, p.keep_until AS "keepUntil", s.state
     FROM evidence_piece p JOIN stream s ON s.id = p.stream WHERE p.keep_until <= $1
     ORDER BY p.keep_until, p.stream, p.hash LIMIT 2000`,
    [by],
  )

/** Keeps a piece longer, never shorter. */
export const keepPiece = (ledger: Ledger, { stream, hash }: PieceKey, until: number): Promise<unknown> =>
  ledger.query('UPDATE evidence_piece SET keep_until = greatest(keep_until, $3) WHERE stream = $1 AND hash = $2', [
    stream,
    hash,
    until,
  ])

/** Deletes one piece whose time is over; one that is to be kept longer meanwhile stays. */
export const forgetPiece = (ledger: Ledger, { stream, hash }: PieceKey, now: number): Promise<unknown> =>
  ledger.getRepository(EvidencePieceEntity).delete({ stream, hash, keepUntil: LessThanOrEqual(now) })

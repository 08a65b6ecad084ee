import { In, LessThanOrEqual } from 'typeorm'
import type { Ledger } from '../author'
import { EvidencePieceEntity } from './evidence-piece.entity'

export type EvidencePieceRow = EvidencePieceEntity
export type NewPiece = Omit<EvidencePieceRow, 'judgedInvalid' | 'judgedLate' | 'judgedBy'>
type PieceKey = Pick<EvidencePieceRow, 'stream' | 'hash'>

/**
 * Adds a piece to a case. The same bytes are the same piece: what is newly stated about it replaces the old, and the later end of
 * retention counts. By hand: the update depends on the existing row.
 */
export const upsertPiece = (ledger: Ledger, piece: NewPiece): Promise<unknown> =>
  ledger.query(UPSERT_PIECE, [JSON.stringify([piece])])

const UPSERT_PIECE = `
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

/** The media types of these pieces; hashes that no case of the organisation has are omitted. */
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

type ExpiredPiece<S> = Pick<EvidencePieceRow, 'stream' | 'hash' | 'org' | 'store' | 'keepUntil'> & { readonly state: S }

/**
 * Pieces whose retention ends before or at `endsBy` (UTC ms), with the state of their case, which may demand to keep them longer.
 * At most 2,000, so that the states fit into memory: the next sweep continues. By hand: joined with the stream.
 */
export const expiredPieces = <S>(ledger: Ledger, endsBy: number): Promise<ExpiredPiece<S>[]> =>
  ledger.query(
    `SELECT p.stream, p.hash, p.org, p.store, p.keep_until AS "keepUntil", s.state
     FROM evidence_piece p JOIN stream s ON s.id = p.stream WHERE p.keep_until <= $1
     ORDER BY p.keep_until, p.stream, p.hash LIMIT 2000`,
    [endsBy],
  )

/** Moves the end of a piece's retention to a later time, never to an earlier one. */
export const extendRetention = (ledger: Ledger, { stream, hash }: PieceKey, until: number): Promise<unknown> =>
  ledger.query('UPDATE evidence_piece SET keep_until = greatest(keep_until, $3) WHERE stream = $1 AND hash = $2', [
    stream,
    hash,
    until,
  ])

/** Deletes the piece if its retention is over at `now`; it may have been extended since it was read. */
export const deleteExpiredPiece = (ledger: Ledger, { stream, hash }: PieceKey, now: number): Promise<unknown> =>
  ledger.getRepository(EvidencePieceEntity).delete({ stream, hash, keepUntil: LessThanOrEqual(now) })

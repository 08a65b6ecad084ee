import { placeOf } from '#access'
import type { SealedPieces } from '#case-handling'
import type { ResealTarget } from './targets'

const NEXT_PIECES = `
  SELECT DISTINCT hash, org FROM evidence_piece WHERE (hash, org) > ($2::text, $3::int) ORDER BY hash, org LIMIT $1`
const BEFORE_FIRST_PIECE = ['', 0]

/** Pieces of evidence in their blob store, as listed in the table. One at a time: a video may take a hundred megabytes. */
export const evidenceTarget = (pieces: SealedPieces): ResealTarget => ({
  name: 'evidence.piece',
  batch: 1,
  async next(manager, after, limit) {
    const rows = await manager.query<{ hash: string; org: number }[]>(NEXT_PIECES, [
      limit,
      ...(after ?? BEFORE_FIRST_PIECE),
    ])
    const values = []
    for (const { hash, org } of rows) {
      const sealed = await pieces.get(org, hash)
      // Deleted by `SweepEvidence` in the meantime.
      if (sealed !== undefined) values.push({ key: [hash, org], place: placeOf.evidence(org, hash), sealed })
    }
    const last = rows.at(-1)
    return {
      values,
      rows: rows.length,
      after: rows.length < limit || last === undefined ? null : [last.hash, last.org],
    }
  },
  async write(_manager, values) {
    for (const { place, resealValues: resealed } of values) await pieces.replace(place.org, place.row, resealed)
  },
})

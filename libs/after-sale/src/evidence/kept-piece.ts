import type { EvidenceFacts } from '../actions/facts'
import type { Instant } from '../facets'
import type { EvidenceKind, EvidenceSubject } from './subjects'

/** A piece as it is stored. Null: unknown. */
export interface KeptPiece {
  readonly hash: string
  readonly kind: string
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly shows: string | null
  readonly captured_at: Instant | null
  readonly judged_invalid: boolean
  readonly judged_late: boolean
}

/** What guards and packs judge it by. */
export const evidenceFactsOf = (piece: KeptPiece): EvidenceFacts => ({
  hash: piece.hash,
  kind: piece.kind as EvidenceKind,
  bytes: piece.bytes,
  judgedInvalid: piece.judged_invalid,
  judgedLate: piece.judged_late,
  ...(piece.width === null || piece.height === null ? {} : { width: piece.width, height: piece.height }),
  ...(piece.shows === null ? {} : { shows: piece.shows as EvidenceSubject }),
  ...(piece.captured_at === null ? {} : { capturedAt: piece.captured_at }),
})

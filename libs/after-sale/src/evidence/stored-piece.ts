import type { EvidenceFacts } from '../actions/facts/facts'
import type { Instant } from '../facets'
import type { EvidenceKind, EvidenceSubject } from './subjects'

/** A piece of evidence as it is stored. `null`: unknown. */
export interface StoredPiece {
  readonly hash: string
  readonly kind: EvidenceKind
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly shows: EvidenceSubject | null
  readonly capturedAt: Instant | null
  readonly judgedInvalid: boolean
  readonly judgedLate: boolean
}

/** A stored piece as guards and packs see it. */
export const evidenceFactsOf = (piece: StoredPiece): EvidenceFacts => ({
  hash: piece.hash,
  kind: piece.kind,
  bytes: piece.bytes,
  judgedInvalid: piece.judgedInvalid,
  judgedLate: piece.judgedLate,
  ...(piece.width === null || piece.height === null ? {} : { width: piece.width, height: piece.height }),
  ...(piece.shows === null ? {} : { shows: piece.shows }),
  ...(piece.capturedAt === null ? {} : { capturedAt: piece.capturedAt }),
})

import { ApiSchema } from '@nestjs/swagger'
import type { EvidenceFlaw } from '#after-sale'
import { EVIDENCE_FLAWS } from '#after-sale'
import { Count, Flag, InstantField, Many, One, OneOf, Text } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'

export const EVIDENCE_KINDS = ['image', 'video', 'document'] as const
const WEIGHTS = ['refused', 'doubtful'] as const

@ApiSchema({ name: 'EvidenceFlaw' })
export class EvidenceFlawAnswer {
  @OneOf(EVIDENCE_FLAWS, 'EvidenceFlawCode')
  flaw: EvidenceFlaw

  @One(() => TermAnswer)
  text: TermAnswer

  @OneOf(WEIGHTS, 'EvidenceFlawWeight', {
    description: '`refused`: it does not count; `doubtful`: a person should look.',
  })
  weight: (typeof WEIGHTS)[number]

  @Text({ description: 'The trade rule behind it.' })
  rule: string
}

export class EvidencePiece {
  @Text({ description: 'SHA-256 of the bytes, lower hex; the id of the piece.' })
  hash: string

  @OneOf(EVIDENCE_KINDS, 'EvidenceKind')
  kind: string

  @Text({ example: 'image/jpeg' })
  type: string

  @Count()
  bytes: number

  @Count({ nullable: true, description: 'Pixels.' })
  width: number | null

  @Count({ nullable: true, description: 'Pixels.' })
  height: number | null

  @Text({ nullable: true, description: 'What it shows, as the person said who added it.' })
  shows: string | null

  @InstantField({ nullable: true })
  capturedAt: string | null

  @Text()
  addedBy: string

  @InstantField()
  addedAt: string

  @InstantField()
  keptUntil: string

  @Flag({ description: 'The platform said that it does not count.' })
  judgedInvalid: boolean

  @Flag({ description: 'The platform said that it came too late.' })
  judgedLate: boolean

  @Many(() => EvidenceFlawAnswer)
  flaws: EvidenceFlawAnswer[]
}

export class EvidenceOfCase {
  @Many(() => EvidencePiece)
  items: EvidencePiece[]
}

import { ApiSchema } from '@nestjs/swagger'
import type { EvidenceFlaw } from '#after-sale'
import { EVIDENCE_FLAWS } from '#after-sale'
import {
  CountField,
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

export const EVIDENCE_KINDS = ['image', 'video', 'document'] as const
const WEIGHTS = ['refused', 'doubtful'] as const

@ApiSchema({ name: 'EvidenceFlaw' })
export class EvidenceFlawAnswer {
  @EnumField(EVIDENCE_FLAWS, 'EvidenceFlawCode')
  flaw: EvidenceFlaw

  @ObjectField(() => TermAnswer)
  text: TermAnswer

  @EnumField(WEIGHTS, 'EvidenceFlawWeight', {
    description: '`refused`: it does not count; `doubtful`: a person should look.',
  })
  weight: (typeof WEIGHTS)[number]

  @TextField({ description: 'The trade rule behind it.' })
  rule: string
}

export class EvidencePiece {
  @TextField({ description: 'SHA-256 of the bytes, lower hex; the id of the piece.' })
  hash: string

  @EnumField(EVIDENCE_KINDS, 'EvidenceKind')
  kind: string

  @TextField({ example: 'image/jpeg' })
  type: string

  @CountField()
  bytes: number

  @CountField({ nullable: true, description: 'Pixels.' })
  width: number | null

  @CountField({ nullable: true, description: 'Pixels.' })
  height: number | null

  @TextField({ nullable: true, description: 'What it shows, as the person said who added it.' })
  shows: string | null

  @InstantField({ nullable: true })
  capturedAt: string | null

  @TextField()
  addedBy: string

  @InstantField()
  addedAt: string

  @InstantField()
  keptUntil: string

  @FlagField({ description: 'The platform said that it does not count.' })
  judgedInvalid: boolean

  @FlagField({ description: 'The platform said that it came too late.' })
  judgedLate: boolean

  @ObjectListField(() => EvidenceFlawAnswer)
  flaws: EvidenceFlawAnswer[]
}

export class EvidenceOfCase {
  @ObjectListField(() => EvidencePiece)
  items: EvidencePiece[]
}

import { ApiSchema } from '@nestjs/swagger'
import type { DeadlineSource, EvidenceFlaw, EvidenceKind, EvidencePlace } from '#after-sale'
import { EVIDENCE_FLAWS, EVIDENCE_PLACES, SOURCES } from '#after-sale'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'
import { EVIDENCE_KINDS } from './evidence.answer'

const NEEDS = ['must', 'helps'] as const

export class EvidenceDeadline {
  @InstantField()
  at: string

  @EnumField(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @TextField()
  rule: string
}

@ApiSchema({ description: 'By kind of evidence; absent: no limit is published.' })
export class LimitsByKind {
  @CountField({ required: false })
  image?: number

  @CountField({ required: false })
  video?: number

  @CountField({ required: false })
  document?: number
}

@ApiSchema({ name: 'EvidenceLimits', description: 'What the place takes; absent: no limit is published.' })
export class EvidenceLimitsAnswer {
  @CountField({ required: false, description: 'Pieces of all kinds together.' })
  total?: number

  @ObjectField(() => LimitsByKind, { required: false })
  pieces?: LimitsByKind

  @ObjectField(() => LimitsByKind, { required: false, description: 'Bytes of one piece.' })
  bytes?: LimitsByKind

  @CountField({ required: false, description: 'Characters of the text.' })
  textLength?: number

  @TextField({ description: 'Where the limits are published.' })
  source: string

  @TextField({ description: 'The day from which they count.', example: '2026-11-01' })
  asOf: string
}

export class EvidenceReference {
  @TextField()
  hash: string

  @EnumField(EVIDENCE_KINDS, 'EvidenceKind')
  kind: EvidenceKind
}

export class EvidenceLeftOut {
  @TextField()
  hash: string

  @EnumField([...Object.keys(EVIDENCE_FLAWS), 'NoRoom'], 'EvidenceLeftOutReason')
  why: EvidenceFlaw | 'NoRoom'
}

export class EvidenceDoubt {
  @TextField()
  hash: string

  @EnumField(EVIDENCE_FLAWS, 'EvidenceFlawCode')
  flaw: EvidenceFlaw
}

export class EvidenceSubjectAnswer {
  @TextField()
  name: string

  @ObjectField(() => TermAnswer)
  text: TermAnswer
}

export class MissingEvidence {
  @ObjectListField(() => EvidenceSubjectAnswer, { description: 'One piece that shows any of these is enough.' })
  anyOf: EvidenceSubjectAnswer[]

  @EnumField(NEEDS, 'EvidenceNeed')
  need: (typeof NEEDS)[number]

  @TextField()
  rule: string
}

@ApiSchema({ description: 'What would be handed over now.' })
export class EvidencePackAnswer {
  @FlagField({ description: 'Nothing that must be there is missing.' })
  complete: boolean

  @ObjectListField(() => EvidenceReference, { description: 'In the order in which they are handed over.' })
  pieces: readonly EvidenceReference[]

  @ObjectListField(() => EvidenceLeftOut)
  left: readonly EvidenceLeftOut[]

  @ObjectListField(() => EvidenceDoubt, { description: 'For a person to look at.' })
  doubts: readonly EvidenceDoubt[]

  @ObjectListField(() => MissingEvidence)
  missing: MissingEvidence[]
}

@ApiSchema({ name: 'WantedEvidence', description: 'One place that asks for evidence and still takes it.' })
export class WantedEvidenceAnswer {
  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @UuidField()
  caseId: string

  @TextField()
  caseNumber: string

  @TextField()
  marketplace: string

  @EnumField(EVIDENCE_PLACES, 'EvidencePlace')
  place: EvidencePlace

  @ObjectField(() => TermAnswer)
  placeText: TermAnswer

  @TextField({ nullable: true, description: 'The platform’s number of the work order or dispute.' })
  number: string | null

  @InstantField({ nullable: true })
  askedAt: string | null

  @ObjectField(() => EvidenceDeadline, { nullable: true, description: 'Null: not known.' })
  due: EvidenceDeadline | null

  @ObjectField(() => EvidenceLimitsAnswer, {
    nullable: true,
    description: 'Null: not published, which is not unlimited.',
  })
  takes: EvidenceLimitsAnswer | null

  @ObjectField(() => EvidencePackAnswer)
  pack: EvidencePackAnswer
}

export class WantedEvidenceList {
  @InstantField()
  now: string

  @ObjectListField(() => WantedEvidenceAnswer, { description: 'What closes next comes first.' })
  items: WantedEvidenceAnswer[]
}

import { ApiSchema } from '@nestjs/swagger'
import type { DeadlineSource, EvidenceFlaw, EvidenceKind, EvidencePlace } from '#after-sale'
import { EVIDENCE_FLAWS, EVIDENCE_PLACES, SOURCES } from '#after-sale'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Count, Flag, InstantField, Many, One, OneOf, Text, Uuid } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'
import { EVIDENCE_KINDS } from './evidence.answer'

const NEEDS = ['must', 'helps'] as const

export class EvidenceDeadline {
  @InstantField()
  at: string

  @OneOf(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @Text()
  rule: string
}

@ApiSchema({ description: 'By kind of evidence; absent: no limit is published.' })
export class LimitsByKind {
  @Count({ required: false })
  image?: number

  @Count({ required: false })
  video?: number

  @Count({ required: false })
  document?: number
}

@ApiSchema({ name: 'EvidenceLimits', description: 'What the place takes; absent: no limit is published.' })
export class EvidenceLimitsAnswer {
  @Count({ required: false, description: 'Pieces of all kinds together.' })
  total?: number

  @One(() => LimitsByKind, { required: false })
  pieces?: LimitsByKind

  @One(() => LimitsByKind, { required: false, description: 'Bytes of one piece.' })
  bytes?: LimitsByKind

  @Count({ required: false, description: 'Characters of the text.' })
  textLength?: number

  @Text({ description: 'Where the limits are published.' })
  source: string

  @Text({ description: 'The day from which they count.', example: '2026-11-01' })
  asOf: string
}

export class EvidenceReference {
  @Text()
  hash: string

  @OneOf(EVIDENCE_KINDS, 'EvidenceKind')
  kind: EvidenceKind
}

export class EvidenceLeftOut {
  @Text()
  hash: string

  @OneOf([...Object.keys(EVIDENCE_FLAWS), 'NoRoom'], 'EvidenceLeftOutReason')
  why: EvidenceFlaw | 'NoRoom'
}

export class EvidenceDoubt {
  @Text()
  hash: string

  @OneOf(EVIDENCE_FLAWS, 'EvidenceFlawCode')
  flaw: EvidenceFlaw
}

export class EvidenceSubjectAnswer {
  @Text()
  name: string

  @One(() => TermAnswer)
  text: TermAnswer
}

export class MissingEvidence {
  @Many(() => EvidenceSubjectAnswer, { description: 'One piece that shows any of these is enough.' })
  anyOf: EvidenceSubjectAnswer[]

  @OneOf(NEEDS, 'EvidenceNeed')
  need: (typeof NEEDS)[number]

  @Text()
  rule: string
}

@ApiSchema({ description: 'What would be handed over now.' })
export class EvidencePackAnswer {
  @Flag({ description: 'Nothing that must be there is missing.' })
  complete: boolean

  @Many(() => EvidenceReference, { description: 'In the order in which they are handed over.' })
  pieces: readonly EvidenceReference[]

  @Many(() => EvidenceLeftOut)
  left: readonly EvidenceLeftOut[]

  @Many(() => EvidenceDoubt, { description: 'For a person to look at.' })
  doubts: readonly EvidenceDoubt[]

  @Many(() => MissingEvidence)
  missing: MissingEvidence[]
}

@ApiSchema({ name: 'WantedEvidence', description: 'One place that asks for evidence and still takes it.' })
export class WantedEvidenceAnswer {
  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @Uuid()
  caseId: string

  @Text()
  caseNumber: string

  @Text()
  marketplace: string

  @OneOf(EVIDENCE_PLACES, 'EvidencePlace')
  place: EvidencePlace

  @One(() => TermAnswer)
  placeText: TermAnswer

  @Text({ nullable: true, description: 'The platform’s number of the work order or dispute.' })
  number: string | null

  @InstantField({ nullable: true })
  askedAt: string | null

  @One(() => EvidenceDeadline, { nullable: true, description: 'Null: not known.' })
  due: EvidenceDeadline | null

  @One(() => EvidenceLimitsAnswer, { nullable: true, description: 'Null: not published, which is not unlimited.' })
  takes: EvidenceLimitsAnswer | null

  @One(() => EvidencePackAnswer)
  pack: EvidencePackAnswer
}

export class WantedEvidenceList {
  @InstantField()
  now: string

  @Many(() => WantedEvidenceAnswer, { description: 'What closes next comes first.' })
  items: WantedEvidenceAnswer[]
}

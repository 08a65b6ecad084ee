import { ApiSchema } from '@nestjs/swagger'
import type {
  AppealKind,
  AppealScene,
  AppealTerms,
  FactorName,
  KindAdvice,
  LeftOutReason,
  ObstacleName,
} from '#after-sale'
import { APPEAL_KINDS, APPEAL_SCENES, FACTORS, ITEM_RESULTS, LEFT_OUT_REASONS, OBSTACLES } from '#after-sale'
import {
  CountField,
  FenField,
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'

@ApiSchema({ description: 'Appeals that failed, as the store’s calendar counts them.' })
export class FailedAppealsAnswer {
  @CountField()
  month: number

  @CountField()
  year: number
}

@ApiSchema({ description: 'How many failures the platform allows (R061, R062).' })
export class AllowedFailures {
  @CountField()
  month: number

  @CountField()
  year: number

  @EnumField(['item', 'appeal'], 'FailureUnit', { description: 'Whether each item counts, or the appeal as a whole.' })
  countedBy: AppealTerms['failureIs']['value']
}

@ApiSchema({ name: 'AppealBudget' })
export class AppealBudgetAnswer {
  @FlagField()
  open: boolean

  @CountField({ description: 'Failures until appeals are closed; 0: they are closed.' })
  left: number

  @TextField({ description: 'Which limit closed them, or will first.' })
  rule: string

  @InstantField({ nullable: true, description: 'When they open again; null: they are open.' })
  opensAt: string | null
}

export class AppealedItem {
  @UuidField()
  caseId: string

  @TextField()
  caseNumber: string

  @TextField()
  appeal: string

  @EnumField(APPEAL_KINDS, 'AppealKind')
  kind: string

  @EnumField(ITEM_RESULTS, 'AppealItemResult')
  result: string

  @InstantField()
  filedAt: string

  @FenField({ nullable: true })
  claimedFen: number | null

  @FenField({ nullable: true })
  recoveredFen: number | null

  @InstantField({ nullable: true })
  decidedAt: string | null
}

@ApiSchema({ name: 'AppealAdvice', description: 'Whether to appeal for one kind, and why.' })
export class AppealAdviceAnswer {
  @EnumField(APPEAL_KINDS, 'AppealKind')
  kind: AppealKind

  @EnumField(['take', 'find-out', 'leave'], 'AppealAdviceKind')
  advice: KindAdvice['advice']

  @TextField({ description: 'The trade rule behind it.' })
  rule: string

  @EnumField(APPEAL_SCENES, 'AppealScene', { required: false, description: '`take`: what it is about.' })
  scene?: AppealScene

  @FenField({ required: false, description: '`take`: what can be claimed at most, fen.' })
  most?: number

  @EnumField(OBSTACLES, 'AppealObstacle', {
    required: false,
    isArray: true,
    description: '`find-out`: what is not known.',
  })
  unknown?: readonly ObstacleName[]

  @EnumField(LEFT_OUT_REASONS, 'AppealLeftOutReason', { required: false, description: '`leave`: why.' })
  because?: LeftOutReason
}

export class AppealFactor {
  @EnumField(APPEAL_KINDS, 'AppealKind')
  kind: AppealKind

  @EnumField(FACTORS, 'AppealFactorName')
  factor: FactorName

  @CountField({ description: 'Per mille or fen, as the factor is.' })
  value: number
}

export class AppealRank {
  @FenField({ description: 'What is expected to be gained, fen.' })
  expected: number

  @CountField({ description: 'Failures expected, per mille.' })
  failures: number

  @FenField({ description: 'Fen expected for each expected failure; the list is sorted by it.' })
  worth: number

  @ObjectListField(() => AppealFactor)
  factors: readonly AppealFactor[]
}

@ApiSchema({ name: 'AppealCandidate', description: 'A case that could be appealed.' })
export class AppealCandidateAnswer {
  @UuidField()
  caseId: string

  @TextField()
  caseNumber: string

  @InstantField()
  ruledAt: string

  @ObjectListField(() => AppealAdviceAnswer)
  advice: readonly AppealAdviceAnswer[]

  @ObjectField(() => AppealRank, {
    nullable: true,
    description: 'Null: there is nothing to appeal for, or it would fail.',
  })
  rank: AppealRank | null
}

@ApiSchema({ name: 'StoreAppeals' })
export class StoreAppealsAnswer {
  @InstantField()
  now: string

  @ObjectField(() => FailedAppealsAnswer)
  failed: FailedAppealsAnswer

  @ObjectField(() => AllowedFailures)
  allowed: AllowedFailures

  @ObjectField(() => AppealBudgetAnswer)
  budget: AppealBudgetAnswer

  @ObjectListField(() => AppealedItem, { description: 'Those filed last first.' })
  items: AppealedItem[]

  @ObjectListField(() => AppealCandidateAnswer, { description: 'Best first; then those that cannot be ranked.' })
  candidates: AppealCandidateAnswer[]
}

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
import { Count, Fen, Flag, InstantField, Many, One, OneOf, Text, Uuid } from '../openapi/fields'

@ApiSchema({ description: 'Appeals that failed, as the store’s calendar counts them.' })
export class FailedAppealsAnswer {
  @Count()
  month: number

  @Count()
  year: number
}

@ApiSchema({ description: 'How many failures the platform allows (R061, R062).' })
export class AllowedFailures {
  @Count()
  month: number

  @Count()
  year: number

  @OneOf(['item', 'appeal'], 'FailureUnit', { description: 'Whether each item counts, or the appeal as a whole.' })
  countedBy: AppealTerms['failureIs']['value']
}

@ApiSchema({ name: 'AppealBudget' })
export class AppealBudgetAnswer {
  @Flag()
  open: boolean

  @Count({ description: 'Failures until appeals are closed; 0: they are closed.' })
  left: number

  @Text({ description: 'Which limit closed them, or will first.' })
  rule: string

  @InstantField({ nullable: true, description: 'When they open again; null: they are open.' })
  opensAt: string | null
}

export class AppealedItem {
  @Uuid()
  caseId: string

  @Text()
  caseNumber: string

  @Text()
  appeal: string

  @OneOf(APPEAL_KINDS, 'AppealKind')
  kind: string

  @OneOf(ITEM_RESULTS, 'AppealItemResult')
  result: string

  @InstantField()
  filedAt: string

  @Fen({ nullable: true })
  claimedFen: number | null

  @Fen({ nullable: true })
  recoveredFen: number | null

  @InstantField({ nullable: true })
  decidedAt: string | null
}

@ApiSchema({ name: 'AppealAdvice', description: 'Whether to appeal for one kind, and why.' })
export class AppealAdviceAnswer {
  @OneOf(APPEAL_KINDS, 'AppealKind')
  kind: AppealKind

  @OneOf(['take', 'find-out', 'leave'], 'AppealAdviceKind')
  advice: KindAdvice['advice']

  @Text({ description: 'The trade rule behind it.' })
  rule: string

  @OneOf(APPEAL_SCENES, 'AppealScene', { required: false, description: '`take`: what it is about.' })
  scene?: AppealScene

  @Fen({ required: false, description: '`take`: what can be claimed at most, fen.' })
  most?: number

  @OneOf(OBSTACLES, 'AppealObstacle', { required: false, isArray: true, description: '`find-out`: what is not known.' })
  unknown?: readonly ObstacleName[]

  @OneOf(LEFT_OUT_REASONS, 'AppealLeftOutReason', { required: false, description: '`leave`: why.' })
  because?: LeftOutReason
}

export class AppealFactor {
  @OneOf(APPEAL_KINDS, 'AppealKind')
  kind: AppealKind

  @OneOf(FACTORS, 'AppealFactorName')
  factor: FactorName

  @Count({ description: 'Per mille or fen, as the factor is.' })
  value: number
}

export class AppealRank {
  @Fen({ description: 'What is expected to be gained, fen.' })
  expected: number

  @Count({ description: 'Failures expected, per mille.' })
  failures: number

  @Fen({ description: 'Fen expected for each expected failure; the list is sorted by it.' })
  worth: number

  @Many(() => AppealFactor)
  factors: readonly AppealFactor[]
}

@ApiSchema({ name: 'AppealCandidate', description: 'A case that could be appealed.' })
export class AppealCandidateAnswer {
  @Uuid()
  caseId: string

  @Text()
  caseNumber: string

  @InstantField()
  ruledAt: string

  @Many(() => AppealAdviceAnswer)
  advice: readonly AppealAdviceAnswer[]

  @One(() => AppealRank, { nullable: true, description: 'Null: there is nothing to appeal for, or it would fail.' })
  rank: AppealRank | null
}

@ApiSchema({ name: 'StoreAppeals' })
export class StoreAppealsAnswer {
  @InstantField()
  now: string

  @One(() => FailedAppealsAnswer)
  failed: FailedAppealsAnswer

  @One(() => AllowedFailures)
  allowed: AllowedFailures

  @One(() => AppealBudgetAnswer)
  budget: AppealBudgetAnswer

  @Many(() => AppealedItem, { description: 'Those filed last first.' })
  items: AppealedItem[]

  @Many(() => AppealCandidateAnswer, { description: 'Best first; then those that cannot be ranked.' })
  candidates: AppealCandidateAnswer[]
}

import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Count, Document, Fen, InstantField, Many, One, OneOf, Text, Texts, Uuid } from '../openapi/fields'
import { VerdictAnswer } from '../judgement/judgement.answer'
import { TrialOfStrategy } from '../trials/trial.answer'

const MODES = ['shadow', 'live'] as const

export class StrategyInForce {
  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @Count()
  version: number

  @OneOf(MODES, 'StrategyMode')
  mode: string

  @Fen({ nullable: true, description: 'What it may commit a day, fen; only live.' })
  capFen: number | null
}

@ApiSchema({ name: 'Strategy', description: 'A strategy by its newest version.' })
export class StrategyAnswer {
  @Text()
  id: string

  @Text()
  policy: string

  @Text()
  name: string

  @Count()
  version: number

  @Document({ description: 'By the fields of the policy.' })
  settings: unknown

  @InstantField()
  createdAt: string

  @Text()
  createdBy: string

  @Many(() => StrategyInForce)
  inForce: StrategyInForce[]
}

export class StrategyList {
  @Many(() => StrategyAnswer)
  items: StrategyAnswer[]
}

export class StrategyVersion {
  @Count()
  version: number

  @Document({ description: 'By the fields of the policy.' })
  settings: unknown

  @InstantField()
  createdAt: string

  @Text()
  createdBy: string
}

@ApiSchema({ name: 'Arming', description: 'A version in force at a store, now or before.' })
export class ArmingAnswer extends StrategyInForce {
  @Text({ nullable: true, description: 'The trial that allowed it; only live.' })
  trial: string | null

  @InstantField()
  armedAt: string

  @Text()
  armedBy: string

  @InstantField({ nullable: true })
  disarmedAt: string | null

  @Text({ nullable: true })
  disarmedBy: string | null
}

export class StrategyDetail {
  @Text()
  id: string

  @Text()
  policy: string

  @Many(() => StrategyVersion)
  versions: StrategyVersion[]

  @Many(() => TrialOfStrategy)
  trials: TrialOfStrategy[]

  @Many(() => ArmingAnswer)
  armings: ArmingAnswer[]
}

export class WrittenVersion {
  @Text()
  id: string

  @Count()
  version: number
}

export class ChangedStores {
  @Texts({ description: 'Ids of the stores.' })
  stores: string[]
}

export class ShadowVerdict {
  @Uuid()
  caseId: string

  @Count()
  version: number

  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @One(() => VerdictAnswer)
  verdict: VerdictAnswer

  @InstantField()
  at: string
}

export class ShadowVerdicts {
  @Many(() => ShadowVerdict)
  items: ShadowVerdict[]
}

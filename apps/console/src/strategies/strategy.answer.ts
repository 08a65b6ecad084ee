import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  JsonField,
  FenField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  TextListField,
  UuidField,
} from '../openapi/field-decorators'
import { VerdictAnswer } from '../judgement/judgement.answer'
import { TrialOfStrategy } from '../trials/trial.answer'

const MODES = ['shadow', 'live'] as const

export class StrategyInForce {
  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @CountField()
  version: number

  @EnumField(MODES, 'StrategyMode')
  mode: string

  @FenField({ nullable: true, description: 'What it may commit a day, fen; only live.' })
  capFen: number | null
}

@ApiSchema({ name: 'Strategy', description: 'A strategy by its newest version.' })
export class StrategyAnswer {
  @TextField()
  id: string

  @TextField()
  policy: string

  @TextField()
  name: string

  @CountField()
  version: number

  @JsonField({ description: 'By the fields of the policy.' })
  settings: unknown

  @InstantField()
  createdAt: string

  @TextField()
  createdBy: string

  @ObjectListField(() => StrategyInForce)
  inForce: StrategyInForce[]
}

export class StrategyList {
  @ObjectListField(() => StrategyAnswer)
  items: StrategyAnswer[]
}

export class StrategyVersion {
  @CountField()
  version: number

  @JsonField({ description: 'By the fields of the policy.' })
  settings: unknown

  @InstantField()
  createdAt: string

  @TextField()
  createdBy: string
}

@ApiSchema({ name: 'Arming', description: 'A version in force at a store, now or before.' })
export class ArmingAnswer extends StrategyInForce {
  @TextField({ nullable: true, description: 'The trial that allowed it; only live.' })
  trial: string | null

  @InstantField()
  armedAt: string

  @TextField()
  armedBy: string

  @InstantField({ nullable: true })
  disarmedAt: string | null

  @TextField({ nullable: true })
  disarmedBy: string | null
}

export class StrategyDetail {
  @TextField()
  id: string

  @TextField()
  policy: string

  @ObjectListField(() => StrategyVersion)
  versions: StrategyVersion[]

  @ObjectListField(() => TrialOfStrategy)
  trials: TrialOfStrategy[]

  @ObjectListField(() => ArmingAnswer)
  armings: ArmingAnswer[]
}

export class WrittenVersion {
  @TextField()
  id: string

  @CountField()
  version: number
}

export class ChangedStores {
  @TextListField({ description: 'Ids of the stores.' })
  stores: string[]
}

export class ShadowVerdict {
  @UuidField()
  caseId: string

  @CountField()
  version: number

  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @ObjectField(() => VerdictAnswer)
  verdict: VerdictAnswer

  @InstantField()
  at: string
}

export class ShadowVerdicts {
  @ObjectListField(() => ShadowVerdict)
  items: ShadowVerdict[]
}

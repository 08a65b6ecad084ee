import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  TextListField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'
import { TrialReport } from './report.answer'

const STATES = ['running', 'done', 'failed'] as const
export const TRIAL_ENDS = ['trouble', 'stopped', 'broken-off'] as const

export class TrialFailure extends TermAnswer {
  @EnumField(TRIAL_ENDS, 'TrialFailureCode')
  code: (typeof TRIAL_ENDS)[number]
}

@ApiSchema({ description: 'A version of a strategy tried on recorded cases.' })
export class TrialState {
  @TextField()
  id: string

  @CountField()
  version: number

  @InstantField({ description: 'Cases applied for from here on.' })
  from: string

  @InstantField({ description: 'Until here, exclusive.' })
  to: string

  @EnumField(STATES, 'TrialProgress')
  state: (typeof STATES)[number]

  @ObjectField(() => TrialFailure, { nullable: true, description: 'Why it failed; null: it did not.' })
  reason: TrialFailure | null

  @InstantField()
  startedAt: string

  @InstantField({ nullable: true })
  finishedAt: string | null
}

export class TrialOfStrategy extends TrialState {
  @ObjectListField(() => StoreNameAnswer)
  stores: StoreNameAnswer[]
}

export class TrialDetail extends TrialState {
  @TextField()
  strategy: string

  @TextListField({ description: 'Ids of the stores.' })
  stores: string[]

  @ObjectField(() => TrialReport, { nullable: true, description: 'Once it is done.' })
  report: TrialReport | null
}

export class StartedTrial {
  @TextField()
  id: string
}

import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Count, InstantField, Many, One, OneOf, Text, Texts } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'
import { TrialReport } from './report.answer'

const STATES = ['running', 'done', 'failed'] as const
export const TRIAL_ENDS = ['trouble', 'stopped', 'broken-off'] as const

export class TrialFailure extends TermAnswer {
  @OneOf(TRIAL_ENDS, 'TrialFailureCode')
  code: (typeof TRIAL_ENDS)[number]
}

@ApiSchema({ description: 'A version of a strategy tried on recorded cases.' })
export class TrialState {
  @Text()
  id: string

  @Count()
  version: number

  @InstantField({ description: 'Cases applied for from here on.' })
  from: string

  @InstantField({ description: 'Until here, exclusive.' })
  to: string

  @OneOf(STATES, 'TrialProgress')
  state: (typeof STATES)[number]

  @One(() => TrialFailure, { nullable: true, description: 'Why it failed; null: it did not.' })
  reason: TrialFailure | null

  @InstantField()
  startedAt: string

  @InstantField({ nullable: true })
  finishedAt: string | null
}

export class TrialOfStrategy extends TrialState {
  @Many(() => StoreNameAnswer)
  stores: StoreNameAnswer[]
}

export class TrialDetail extends TrialState {
  @Text()
  strategy: string

  @Texts({ description: 'Ids of the stores.' })
  stores: string[]

  @One(() => TrialReport, { nullable: true, description: 'Once it is done.' })
  report: TrialReport | null
}

export class StartedTrial {
  @Text()
  id: string
}

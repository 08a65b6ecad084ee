import { ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger'
import type { BacktestReport } from '#case-handling'
import type { Truth } from '#after-sale'
import { TRUTHS } from '#after-sale'
import {
  CountField,
  FenField,
  ObjectListField,
  MillisecondsField,
  ObjectField,
  EnumField,
  TextField,
  TextListField,
} from '../openapi/field-decorators'

type Tally = BacktestReport['total']
type Says = BacktestReport['surprises'][number]['says']

const COUNT_BY_NAME = { type: 'object', additionalProperties: { type: 'integer' } } as const

@ApiSchema({ description: 'By what the strategies say of a case; `silent`: nothing.' })
export class SaysCounts implements Record<Says, number> {
  @CountField()
  approve: number

  @CountField()
  reject: number

  @CountField()
  'act-otherwise': number

  @CountField()
  expect: number

  @CountField()
  unsure: number

  @CountField()
  leave: number

  @CountField()
  silent: number
}

@ApiSchema({ description: 'Deadlines of ours, as it was and as it would have been.' })
export class DeadlineTally {
  @CountField()
  met: number

  @CountField()
  missed: number

  @CountField()
  metWith: number

  @CountField()
  missedWith: number
}

export class DisputeTally {
  @CountField({ description: 'Disputes that there were.' })
  really: number

  @CountField({ description: 'Of these, in cases that the strategies would have agreed to.' })
  avoided: number

  @CountField({ description: 'Cases in which the strategies would risk one.' })
  risked: number
}

export class QualityTally {
  @CountField({ description: 'Refunds for quality by the first reason (R172).' })
  really: number

  @CountField({ description: 'With the strategies.' })
  with: number

  @CountField({ description: 'Refunds whose reason has no class.' })
  unknown: number
}

@ApiSchema({ name: 'TrialTally', description: 'Sums over cases; money in fen.' })
export class TallyAnswer implements Tally {
  @CountField()
  cases: number

  @CountField({ description: 'How often a case was judged.' })
  looks: number

  @ObjectField(() => SaysCounts)
  says: SaysCounts

  @ObjectField(() => SaysCounts)
  fen: SaysCounts

  @CountField({ description: 'Cases without a known amount; they are in no sum of money.' })
  amountUnknown: number

  @ApiProperty({ ...COUNT_BY_NAME, description: 'Said, happened and through whom, e.g. `approve/agreed/people`.' })
  pairings: Record<string, number>

  @FenField({ description: 'Fen that were actually refunded.' })
  refundedFen: number

  @CountField({ description: 'Refunds whose actual amount is not known.' })
  refundsEstimated: number

  @FenField({ description: 'What these were agreed or asked for, fen.' })
  refundedEstimatedFen: number

  @FenField({ description: 'What the strategies would have paid beyond that, fen.' })
  moreFen: number

  @FenField({ description: 'What they would have kept of it, fen.' })
  lessFen: number

  @ObjectField(() => DeadlineTally)
  deadlines: DeadlineTally

  @ObjectField(() => DisputeTally)
  disputes: DisputeTally

  @ObjectField(() => QualityTally)
  quality: QualityTally
}

@ApiSchema({ description: 'A condition that kept a policy from acting.' })
export class DecidingCondition {
  @TextField()
  policy: string

  @TextField()
  claim: string

  @TextField()
  rule: string

  @EnumField(TRUTHS, 'Truth')
  truth: Truth

  @CountField()
  cases: number
}

@ApiSchema({
  name: 'Surprise',
  description: 'A case in which the strategies would have acted against what was decided.',
})
export class SurpriseAnswer {
  @TextField()
  store: string

  @TextField()
  caseNumber: string

  @TextField()
  says: string

  @TextField()
  happened: string

  @TextField()
  through: string

  @FenField()
  fen: number

  @MillisecondsField()
  at: number

  @TextField()
  policy: string

  @TextField({ required: false })
  strategy?: string

  @TextListField()
  rules: readonly string[]

  @ApiProperty({ type: 'number', description: 'How rare it is: −log₂ of its share.' })
  bits: number

  @ApiProperty({ type: 'number', description: '`bits` × `fen`; the list is sorted by it.' })
  surprise: number
}

@ApiSchema({ description: 'What would have come of it. Cases by their numbers only.' })
export class TrialReport {
  @MillisecondsField()
  from: number

  @MillisecondsField()
  to: number

  @ObjectField(() => TallyAnswer)
  total: TallyAnswer

  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(TallyAnswer) } })
  byStore: Record<string, TallyAnswer>

  @ApiProperty({ ...COUNT_BY_NAME, description: 'How often each policy was the one that is followed.' })
  followed: Record<string, number>

  @ApiProperty({ ...COUNT_BY_NAME, description: 'How often an act would have been refused, by reason.' })
  refused: Record<string, number>

  @ObjectListField(() => DecidingCondition)
  deciding: readonly DecidingCondition[]

  @ObjectListField(() => SurpriseAnswer, { description: 'The most surprising first.' })
  surprises: readonly SurpriseAnswer[]
}

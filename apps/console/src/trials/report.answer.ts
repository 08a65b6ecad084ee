import { ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger'
import type { BacktestReport } from '#case-handling'
import type { Truth } from '#after-sale'
import { TRUTHS } from '#after-sale'
import { Count, Fen, Many, Milliseconds, One, OneOf, Text, Texts } from '../openapi/fields'

type Tally = BacktestReport['total']
type Says = BacktestReport['surprises'][number]['says']

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const

@ApiSchema({ description: 'By what the strategies say of a case; `silent`: nothing.' })
export class SaysCounts implements Record<Says, number> {
  @Count()
  approve: number

  @Count()
  reject: number

  @Count()
  'act-otherwise': number

  @Count()
  expect: number

  @Count()
  unsure: number

  @Count()
  leave: number

  @Count()
  silent: number
}

@ApiSchema({ description: 'Deadlines of ours, as it was and as it would have been.' })
export class DeadlineTally {
  @Count()
  met: number

  @Count()
  missed: number

  @Count()
  metWith: number

  @Count()
  missedWith: number
}

export class DisputeTally {
  @Count({ description: 'Disputes that there were.' })
  really: number

  @Count({ description: 'Of these, in cases that the strategies would have agreed to.' })
  avoided: number

  @Count({ description: 'Cases in which the strategies would risk one.' })
  risked: number
}

export class QualityTally {
  @Count({ description: 'Refunds for quality by the first reason (R172).' })
  really: number

  @Count({ description: 'With the strategies.' })
  with: number

  @Count({ description: 'Refunds whose reason has no class.' })
  unknown: number
}

@ApiSchema({ name: 'TrialTally', description: 'Sums over cases; money in fen.' })
export class TallyAnswer implements Tally {
  @Count()
  cases: number

  @Count({ description: 'How often a case was judged.' })
  looks: number

  @One(() => SaysCounts)
  says: SaysCounts

  @One(() => SaysCounts)
  fen: SaysCounts

  @Count({ description: 'Cases without a known amount; they are in no sum of money.' })
  amountUnknown: number

  @ApiProperty({ ...COUNTS, description: 'Said, happened and through whom, e.g. `approve/agreed/people`.' })
  pairings: Record<string, number>

  @Fen({ description: 'Fen that were actually refunded.' })
  refundedFen: number

  @Count({ description: 'Refunds whose actual amount is not known.' })
  refundsEstimated: number

  @Fen({ description: 'What these were agreed or asked for, fen.' })
  refundedEstimatedFen: number

  @Fen({ description: 'What the strategies would have paid beyond that, fen.' })
  moreFen: number

  @Fen({ description: 'What they would have kept of it, fen.' })
  lessFen: number

  @One(() => DeadlineTally)
  deadlines: DeadlineTally

  @One(() => DisputeTally)
  disputes: DisputeTally

  @One(() => QualityTally)
  quality: QualityTally
}

@ApiSchema({ description: 'A condition that kept a policy from acting.' })
export class DecidingCondition {
  @Text()
  policy: string

  @Text()
  claim: string

  @Text()
  rule: string

  @OneOf(TRUTHS, 'Truth')
  truth: Truth

  @Count()
  cases: number
}

@ApiSchema({
  name: 'Surprise',
  description: 'A case in which the strategies would have acted against what was decided.',
})
export class SurpriseAnswer {
  @Text()
  store: string

  @Text()
  caseNumber: string

  @Text()
  says: string

  @Text()
  happened: string

  @Text()
  through: string

  @Fen()
  fen: number

  @Milliseconds()
  at: number

  @Text()
  policy: string

  @Text({ required: false })
  strategy?: string

  @Texts()
  rules: readonly string[]

  @ApiProperty({ type: 'number', description: 'How rare it is: −log₂ of its share.' })
  bits: number

  @ApiProperty({ type: 'number', description: '`bits` × `fen`; the list is sorted by it.' })
  surprise: number
}

@ApiSchema({ description: 'What would have come of it. Cases by their numbers only.' })
export class TrialReport {
  @Milliseconds()
  from: number

  @Milliseconds()
  to: number

  @One(() => TallyAnswer)
  total: TallyAnswer

  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(TallyAnswer) } })
  byStore: Record<string, TallyAnswer>

  @ApiProperty({ ...COUNTS, description: 'How often each policy was the one that is followed.' })
  followed: Record<string, number>

  @ApiProperty({ ...COUNTS, description: 'How often an act would have been refused, by reason.' })
  refused: Record<string, number>

  @Many(() => DecidingCondition)
  deciding: readonly DecidingCondition[]

  @Many(() => SurpriseAnswer, { description: 'The most surprising first.' })
  surprises: readonly SurpriseAnswer[]
}

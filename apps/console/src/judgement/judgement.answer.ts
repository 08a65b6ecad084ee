import type { ApiPropertyOptions } from '@nestjs/swagger'
import { ApiProperty, ApiSchema } from '@nestjs/swagger'
import type { Action, Condition, Explanation, Judgement, PolicyName, RuleId, Truth } from '#after-sale'
import { ACTIONS, JUDGEMENTS, LINE_UP, TRUTHS } from '#after-sale'
import { Count, Flag, Many, Milliseconds, One, OneOf, Text, Texts } from '../openapi/fields'

const FLIPS = ['every', 'any'] as const

/** A text, a number, yes or no; null: not known. */
const FOUND = {
  type: Object,
  oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  nullable: true,
} satisfies ApiPropertyOptions

@ApiSchema({ name: 'Condition', description: 'One condition of a verdict: what was found and what was wanted.' })
export class ConditionAnswer {
  @Text({ example: 'R154' })
  rule: RuleId

  @Text({ description: 'The name of its sentence in `claims` of the policy.' })
  claim: string

  @OneOf(TRUTHS, 'Truth')
  truth: Truth

  @ApiProperty(FOUND)
  found: Condition['found']

  @ApiProperty(FOUND)
  wanted: Condition['wanted']

  @Milliseconds({ required: false, description: 'When the fact was reported; UTC, milliseconds since 1970.' })
  known?: number
}

@ApiSchema({ name: 'StrategyReference' })
export class StrategyReferenceAnswer {
  @Text()
  id: string

  @Count()
  version: number
}

@ApiSchema({ name: 'JudgedRevision', description: 'What was judged, and when; UTC, milliseconds since 1970.' })
export class JudgedRevision {
  @Count({ description: 'The version of the case here.' })
  version: number

  @Milliseconds({ description: 'The newest revision of the marketplace in it.' })
  revision: number

  @Milliseconds()
  at: number
}

@ApiSchema({ name: 'Verdict', description: 'What one policy says of a case, with everything that it rests on.' })
export class VerdictAnswer {
  @OneOf(LINE_UP, 'PolicyName')
  policy: PolicyName

  @Texts({ description: 'The trade rules behind it.' })
  rules: readonly RuleId[]

  @OneOf(JUDGEMENTS, 'Judgement')
  outcome: Judgement

  @ApiProperty({
    type: 'object',
    properties: { name: { type: 'string', enum: Object.keys(ACTIONS) } },
    required: ['name'],
    additionalProperties: true,
    description: 'What to do, or what is expected or warned of.',
    selfRequired: false,
  })
  action?: Action

  @One(() => StrategyReferenceAnswer, { required: false, description: 'The strategy that judged by this policy.' })
  strategy?: StrategyReferenceAnswer

  @Flag({ required: false, description: 'True: in shadow, so nothing follows from it.' })
  shadow?: true

  @Flag({ required: false, description: 'True: of all verdicts this one is followed.' })
  chosen?: true

  @Many(() => ConditionAnswer)
  conditions: readonly ConditionAnswer[]

  @One(() => JudgedRevision)
  judged: JudgedRevision
}

@ApiSchema({ description: 'One condition as a sentence.' })
export class ConditionSentence {
  @Text()
  rule: RuleId

  @Text()
  claim: string

  @OneOf(TRUTHS, 'Truth')
  truth: Truth

  @Text()
  text: string
}

@ApiSchema({ name: 'Explanation', description: 'A verdict in one language.' })
export class ExplanationAnswer {
  @Text()
  headline: string

  @Many(() => ConditionSentence)
  sentences: readonly ConditionSentence[]

  @OneOf(FLIPS, 'FlipsWhen', { description: 'Whether every one of `flips` must change, or any one is enough.' })
  flipsWhen: Explanation['flipsWhen']

  @Many(() => ConditionSentence, { description: 'What would have to change for another verdict.' })
  flips: readonly ConditionSentence[]
}

export class ExplanationInBothLanguages {
  @One(() => ExplanationAnswer)
  zh: ExplanationAnswer

  @One(() => ExplanationAnswer)
  en: ExplanationAnswer
}

export class ExplainedVerdict extends VerdictAnswer {
  @One(() => ExplanationInBothLanguages)
  explanation: ExplanationInBothLanguages
}

export class JudgementAnswer {
  @Many(() => ExplainedVerdict, { description: 'In the order in which the policies judge.' })
  items: ExplainedVerdict[]
}

import type { ApiPropertyOptions } from '@nestjs/swagger'
import { ApiProperty, ApiSchema } from '@nestjs/swagger'
import type { Action, Condition, Explanation, Judgement, PolicyName, RuleId, Truth } from '#after-sale'
import { ACTIONS, JUDGEMENTS, LINE_UP, TRUTHS } from '#after-sale'
import {
  CountField,
  FlagField,
  ObjectListField,
  MillisecondsField,
  ObjectField,
  EnumField,
  TextField,
  TextListField,
} from '../openapi/field-decorators'

const FLIPS = ['every', 'any'] as const

/** A text, a number, yes or no; null: not known. */
const FOUND = {
  type: Object,
  oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  nullable: true,
} satisfies ApiPropertyOptions

@ApiSchema({ name: 'Condition', description: 'One condition of a verdict: what was found and what was wanted.' })
export class ConditionAnswer {
  @TextField({ example: 'R154' })
  rule: RuleId

  @TextField({ description: 'The name of its sentence in `claims` of the policy.' })
  claim: string

  @EnumField(TRUTHS, 'Truth')
  truth: Truth

  @ApiProperty(FOUND)
  found: Condition['found']

  @ApiProperty(FOUND)
  wanted: Condition['wanted']

  @MillisecondsField({ required: false, description: 'When the fact was reported; UTC, milliseconds since 1970.' })
  known?: number
}

@ApiSchema({ name: 'StrategyReference' })
export class StrategyReferenceAnswer {
  @TextField()
  id: string

  @CountField()
  version: number
}

@ApiSchema({ name: 'JudgedRevision', description: 'What was judged, and when; UTC, milliseconds since 1970.' })
export class JudgedRevision {
  @CountField({ description: 'The version of the case here.' })
  version: number

  @MillisecondsField({ description: 'The newest revision of the marketplace in it.' })
  revision: number

  @MillisecondsField()
  at: number
}

@ApiSchema({ name: 'Verdict', description: 'What one policy says of a case, with everything that it rests on.' })
export class VerdictAnswer {
  @EnumField(LINE_UP, 'PolicyName')
  policy: PolicyName

  @TextListField({ description: 'The trade rules behind it.' })
  rules: readonly RuleId[]

  @EnumField(JUDGEMENTS, 'Judgement')
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

  @ObjectField(() => StrategyReferenceAnswer, {
    required: false,
    description: 'The strategy that judged by this policy.',
  })
  strategy?: StrategyReferenceAnswer

  @FlagField({ required: false, description: 'True: in shadow, so nothing follows from it.' })
  shadow?: true

  @FlagField({ required: false, description: 'True: of all verdicts this one is followed.' })
  chosen?: true

  @ObjectListField(() => ConditionAnswer)
  conditions: readonly ConditionAnswer[]

  @ObjectField(() => JudgedRevision)
  judged: JudgedRevision
}

@ApiSchema({ description: 'One condition as a sentence.' })
export class ConditionSentence {
  @TextField()
  rule: RuleId

  @TextField()
  claim: string

  @EnumField(TRUTHS, 'Truth')
  truth: Truth

  @TextField()
  text: string
}

@ApiSchema({ name: 'Explanation', description: 'A verdict in one language.' })
export class ExplanationAnswer {
  @TextField()
  headline: string

  @ObjectListField(() => ConditionSentence)
  sentences: readonly ConditionSentence[]

  @EnumField(FLIPS, 'FlipsWhen', { description: 'Whether every one of `flips` must change, or any one is enough.' })
  flipsWhen: Explanation['flipsWhen']

  @ObjectListField(() => ConditionSentence, { description: 'What would have to change for another verdict.' })
  flips: readonly ConditionSentence[]
}

export class ExplanationInBothLanguages {
  @ObjectField(() => ExplanationAnswer)
  zh: ExplanationAnswer

  @ObjectField(() => ExplanationAnswer)
  en: ExplanationAnswer
}

export class ExplainedVerdict extends VerdictAnswer {
  @ObjectField(() => ExplanationInBothLanguages)
  explanation: ExplanationInBothLanguages
}

export class JudgementAnswer {
  @ObjectListField(() => ExplainedVerdict, { description: 'In the order in which the policies judge.' })
  items: ExplainedVerdict[]
}

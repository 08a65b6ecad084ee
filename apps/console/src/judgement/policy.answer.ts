import { ApiExtraModels, ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger'
import type { ClaimUnit, PolicyName, RuleId } from '#after-sale'
import { LINE_UP } from '#after-sale'
import { Count, Document, Flag, Many, One, OneOf, Texts } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'

const UNITS = ['fen', 'instant', 'days', 'duration'] as const
const FIELD_TYPES = ['yes-no', 'one-of', 'some-of', 'texts', 'number'] as const

@ApiSchema({ name: 'Claim', description: 'The sentence of a condition.' })
export class ClaimAnswer extends TermAnswer {
  @OneOf(UNITS, 'ClaimUnit', { required: false, description: 'How `found` and `wanted` are written; `duration`: ms.' })
  unit?: ClaimUnit
}

@ApiSchema({ name: 'PolicyField', description: 'One setting of a policy.' })
export class PolicyFieldAnswer {
  @One(() => TermAnswer)
  title: TermAnswer

  @OneOf(FIELD_TYPES, 'PolicyFieldType')
  type: (typeof FIELD_TYPES)[number]

  @Flag({ required: false, description: 'True: it may be left out.' })
  optional?: true

  @Texts({ required: false, description: '`one-of`, `some-of`: what can be chosen.' })
  words?: readonly string[]

  @Count({ required: false, description: '`number`: the least value.' })
  least?: number

  @Count({ required: false, description: '`number`: the greatest value; `texts`: how many.' })
  most?: number

  @Count({ required: false, description: '`texts`: the characters of each.' })
  longest?: number
}

@ApiSchema({ name: 'Policy', description: 'A rule that strategies are made of.' })
@ApiExtraModels(ClaimAnswer, PolicyFieldAnswer)
export class PolicyAnswer {
  @OneOf(LINE_UP, 'PolicyName')
  name: PolicyName

  @One(() => TermAnswer)
  title: TermAnswer

  @Texts({ description: 'The trade rules behind it.' })
  rules: readonly RuleId[]

  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(ClaimAnswer) } })
  claims: Readonly<Record<string, ClaimAnswer>>

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(PolicyFieldAnswer) },
    description: 'Empty: the policy has no settings.',
  })
  fields: Readonly<Record<string, PolicyFieldAnswer>>

  @Document({ description: 'What new strategies begin with.' })
  defaults: object
}

export class PolicyList {
  @Many(() => PolicyAnswer, { description: 'In the order in which they judge.' })
  items: PolicyAnswer[]
}

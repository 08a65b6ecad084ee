import { ApiExtraModels, ApiProperty, ApiSchema, getSchemaPath } from '@nestjs/swagger'
import type { ClaimUnit, PolicyName, RuleId } from '#after-sale'
import { LINE_UP } from '#after-sale'
import {
  CountField,
  JsonField,
  FlagField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextListField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

const UNITS = ['fen', 'instant', 'days', 'duration'] as const
const FIELD_TYPES = ['yes-no', 'one-of', 'some-of', 'texts', 'number'] as const

@ApiSchema({ name: 'Claim', description: 'The sentence of a condition.' })
export class ClaimAnswer extends TermAnswer {
  @EnumField(UNITS, 'ClaimUnit', {
    required: false,
    description: 'How `found` and `wanted` are written; `duration`: ms.',
  })
  unit?: ClaimUnit
}

@ApiSchema({ name: 'PolicyField', description: 'One setting of a policy.' })
export class PolicyFieldAnswer {
  @ObjectField(() => TermAnswer)
  title: TermAnswer

  @EnumField(FIELD_TYPES, 'PolicyFieldType')
  type: (typeof FIELD_TYPES)[number]

  @FlagField({ required: false, description: 'True: it may be left out.' })
  optional?: true

  @TextListField({ required: false, description: '`one-of`, `some-of`: what can be chosen.' })
  words?: readonly string[]

  @CountField({ required: false, description: '`number`: the least value.' })
  least?: number

  @CountField({ required: false, description: '`number`: the greatest value; `texts`: how many.' })
  most?: number

  @CountField({ required: false, description: '`texts`: the characters of each.' })
  longest?: number
}

@ApiSchema({ name: 'Policy', description: 'A rule that strategies are made of.' })
@ApiExtraModels(ClaimAnswer, PolicyFieldAnswer)
export class PolicyAnswer {
  @EnumField(LINE_UP, 'PolicyName')
  name: PolicyName

  @ObjectField(() => TermAnswer)
  title: TermAnswer

  @TextListField({ description: 'The trade rules behind it.' })
  rules: readonly RuleId[]

  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(ClaimAnswer) } })
  claims: Readonly<Record<string, ClaimAnswer>>

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(PolicyFieldAnswer) },
    description: 'Empty: the policy has no settings.',
  })
  fields: Readonly<Record<string, PolicyFieldAnswer>>

  @JsonField({ description: 'What new strategies begin with.' })
  defaults: object
}

export class PolicyList {
  @ObjectListField(() => PolicyAnswer, { description: 'In the order in which they judge.' })
  items: PolicyAnswer[]
}

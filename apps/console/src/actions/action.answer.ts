import { ApiProperty, ApiSchema } from '@nestjs/swagger'
import type { ActionName, ActionRefusal, ActionWarning, Actor, Intent, IntentState } from '#after-sale'
import { ACTIONS, ACTION_REFUSALS, ACTION_WARNINGS, INTENT_STATES } from '#after-sale'
import {
  CountField,
  FenField,
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

const ACTOR_KINDS = ['person', 'strategy'] as const
const WAYS = ['API', 'ASSISTED'] as const

@ApiSchema({ name: 'Actor', description: 'Who decided on it: a person by name, or a strategy by its version.' })
export class ActorAnswer {
  @EnumField(ACTOR_KINDS, 'ActorKind')
  kind: Actor['kind']

  @TextField()
  id: string

  @CountField({ required: false, description: 'Only of a strategy.' })
  version?: number
}

@ApiSchema({ name: 'Action', description: 'One action on a case. The texts that a person wrote are not in it.' })
export class ActionAnswer {
  @TextField({ description: 'The id of the action.' })
  intent: string

  @ApiProperty({
    type: 'object',
    properties: { name: { type: 'string', enum: Object.keys(ACTIONS) } },
    required: ['name'],
    selfRequired: true,
    additionalProperties: true,
    description: 'The action as it was asked for.',
  })
  action: { name: ActionName } & Record<string, unknown>

  @ObjectField(() => ActorAnswer)
  by: ActorAnswer

  @EnumField(WAYS, 'ActionWay', { description: 'Sent by us, or done by a person in the back office.' })
  way: Intent['way']

  @InstantField()
  at: string

  @InstantField({ description: 'The revision of the case that was judged.' })
  judged: string

  @FenField({ description: 'What it costs at most, fen.' })
  amountFen: number

  @EnumField(INTENT_STATES, 'ActionState')
  state: IntentState

  @ObjectField(() => TermAnswer)
  stateText: TermAnswer

  @FlagField({ description: 'Whether more is to come of it.' })
  open: boolean

  @InstantField({ description: 'Since when it is in this state.' })
  since: string

  @InstantField({ nullable: true, description: 'Not sent before; until then it can be withdrawn. Null: sent at once.' })
  heldUntil: string | null

  @TextField({ nullable: true, description: 'The marketplace’s code of its refusal.' })
  code: string | null
}

@ApiSchema({ name: 'OfferedAction', description: 'An action that the kind of the case has at its marketplace.' })
export class OfferedActionAnswer {
  @EnumField(ACTIONS, 'ActionName')
  name: ActionName

  @EnumField(WAYS, 'ActionWay', { description: 'Sent by us, or done by a person in the back office.' })
  way: Intent['way']

  @EnumField(ACTION_REFUSALS, 'ActionRefusalReason', {
    nullable: true,
    description: 'Why it is not possible now; null: it may be requested, and the rules judge it with its parameters.',
  })
  refusal: ActionRefusal | null

  @FenField({ nullable: true, description: 'What it costs at most, fen; null: unknown, or up to the amount given.' })
  amountFen: number | null
}

export class AssistanceText {
  @ObjectField(() => TermAnswer)
  title: TermAnswer

  @TextField()
  text: string
}

@ApiSchema({ name: 'Assistance', description: 'What a person needs to do the action in the back office.' })
export class AssistanceAnswer {
  @TextField({ nullable: true, description: 'The page of the back office, where there is an address for it.' })
  link: string | null

  @ObjectField(() => TermAnswer, { nullable: true, description: 'The way through the menus.' })
  path: TermAnswer | null

  @ObjectListField(() => TermAnswer)
  steps: TermAnswer[]

  @ObjectListField(() => AssistanceText, { description: 'Texts to paste.' })
  texts: AssistanceText[]
}

export class ActionDetail extends ActionAnswer {
  @ObjectField(() => AssistanceAnswer, { nullable: true, description: 'Null where the action is sent by us.' })
  assistance: AssistanceAnswer | null
}

@ApiSchema({ description: 'The action was taken on; the worker sends it.' })
export class ActionDecided {
  @UuidField()
  caseId: string

  @TextField()
  intent: string

  @EnumField(['decided'])
  outcome: 'decided'

  @EnumField(INTENT_STATES, 'ActionState')
  state: IntentState
}

@ApiSchema({ description: 'The action was not taken on; nothing was sent.' })
export class ActionRefused {
  @UuidField()
  caseId: string

  @TextField()
  intent: string

  @EnumField(['refused'])
  outcome: 'refused'

  @TextField({ description: 'A reason of the glossary, or of the request itself.', example: 'JudgedOldRevision' })
  reason: string

  @TextField({ nullable: true, description: 'The trade rule behind it.' })
  rule: string | null

  @EnumField(ACTION_WARNINGS, 'ActionWarning', { isArray: true, description: 'What must be confirmed first.' })
  warnings: ActionWarning[]

  @TextField({ nullable: true, description: 'Send it back as `confirmation` to confirm the warnings.' })
  confirmation: string | null

  @TextField()
  detail: string
}

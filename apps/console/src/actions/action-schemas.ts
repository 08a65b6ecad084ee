import type { OpenAPIObject } from '@nestjs/swagger'
import { ACTIONS, ACTION_WARNINGS, INTENT_STATES, TASK_REASONS } from '#after-sale'

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>
type Schema = Schemas[string]

const text: Schema = { type: 'string' }
const flag: Schema = { type: 'boolean' }
const instant: Schema = { type: 'string', format: 'date-time' }
const fen: Schema = { type: 'integer', description: 'fen (0.01 CNY)' }
const oneOf = (words: object): Schema => ({ type: 'string', enum: Object.keys(words) })
const list = (items: Schema): Schema => ({ type: 'array', items })
const some = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})
const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true })
const term = some({ zh: text, en: text })
const caseId: Schema = { type: 'string', format: 'uuid' }
const outcome = {
  type: 'object',
  properties: {
    caseId,
    intent: text,
    outcome: { type: 'string', enum: ['decided', 'refused'] },
    state: oneOf(INTENT_STATES),
    reason: text,
    rule: orNull(text),
    warnings: list(oneOf(ACTION_WARNINGS)),
    confirmation: orNull(text),
    detail: text,
  },
  required: ['caseId', 'intent', 'outcome'],
} as Schema
const action = {
  intent: text,
  action: {
    type: 'object',
    properties: { name: oneOf(ACTIONS) },
    required: ['name'],
    additionalProperties: true,
  } as Schema,
  by: {
    type: 'object',
    properties: { kind: { type: 'string', enum: ['person', 'strategy'] }, id: text, version: { type: 'integer' } },
    required: ['kind', 'id'],
  } as Schema,
  way: { type: 'string', enum: ['API', 'ASSISTED'] } as Schema,
  at: instant,
  judged: instant,
  amountFen: fen,
  state: oneOf(INTENT_STATES),
  stateText: term,
  open: flag,
  since: instant,
  code: orNull(text),
}
const assistance = some({
  link: orNull(text),
  path: orNull(term),
  steps: list(term),
  texts: list(some({ title: term, text })),
})

/** What the API answers about actions and tasks. */
export const ACTION_ANSWERS = {
  ActionOutcome: outcome,
  ActionOutcomes: some({ items: list(outcome) }),
  Action: some(action),
  ActionFile: some({ ...action, assistance: orNull(assistance) }),
  TaskPage: some({
    now: instant,
    items: list(
      some({
        caseId,
        caseNumber: text,
        marketplace: text,
        store: some({ id: text, name: text }),
        reason: oneOf(TASK_REASONS),
        reasonText: term,
        due: instant,
        canBeWithdrawn: flag,
        action: some(action),
      }),
    ),
    next: orNull(text),
  }),
} satisfies Schemas

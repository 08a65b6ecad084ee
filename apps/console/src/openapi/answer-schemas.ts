import type { OpenAPIObject } from '@nestjs/swagger'
import {
  DEADLINES,
  DISPUTE_STAGES,
  GOODS_STAGES,
  KINDS,
  MONEY_STAGES,
  SOURCES,
  STATUSES,
  TRUTHS,
  TURNS,
} from '#after-sale'
import { ACTION_ANSWERS } from '../actions/action-schemas'
import { FIELD_CODES, PROBLEM_CODES } from '../problems/problem-codes'

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>
type Schema = Schemas[string]

export const refTo = (name: keyof typeof ANSWERS): { $ref: string } => ({ $ref: `#/components/schemas/${name}` })

/** What every error looks like (RFC 9457). */
export const problemAnswer = {
  description: 'RFC 9457 problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const text: Schema = { type: 'string' }
const flag: Schema = { type: 'boolean' }
const instant: Schema = { type: 'string', format: 'date-time' }
const fen: Schema = { type: 'integer', description: 'fen (0.01 CNY)' }
const count: Schema = { type: 'integer' }
const oneOf = (words: object): Schema => ({ type: 'string', enum: Object.keys(words) })
const list = (items: Schema): Schema => ({ type: 'array', items })
const some = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})
/** Null where nobody told. */
const orNull = (schema: Schema): Schema =>
  '$ref' in schema ? { nullable: true, allOf: [schema] } : { ...schema, nullable: true }
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const term = some({ zh: text, en: text })
const reason = some({ text: orNull(text), code: orNull(text) })
const named = some({ id: text, name: text })
const sharing = some({ caseId: { type: 'string', format: 'uuid' }, caseNumber: text })
/** Where a case stands on a rail, and each stage that it is known to have come to, earliest first. */
const railOf = (stages: object, more: Record<string, Schema> = {}): Schema =>
  some({
    stage: orNull(oneOf(stages)),
    since: orNull(instant),
    ...more,
    reached: list(some({ stage: oneOf(stages), at: instant })),
  })
const quarantined = {
  messageId: text,
  marketplace: orNull(text),
  store: orNull(named),
  channel: text,
  receivedAt: instant,
  reason: { type: 'string', enum: ['unintelligible', 'unknown-store', 'not-accepted', 'failed'] } as Schema,
  detail: text,
  attempts: count,
}

const dead = {
  id: text,
  consumer: text,
  eventId: text,
  type: orNull(text),
  topic: text,
  caseId: text,
  reason: text,
  bytes: count,
  at: instant,
  wantedAgainAt: orNull(instant),
  sentAgainAt: orNull(instant),
}

/** The answers of the API. Instants are ISO 8601 in UTC, money is fen, ids are strings. */
const ANSWERS = {
  ...ACTION_ANSWERS,
  Problem: {
    type: 'object',
    properties: {
      type: text,
      title: text,
      status: count,
      code: { type: 'string', enum: Object.keys(PROBLEM_CODES), description: 'Stays as it is; compare this one.' },
      detail: text,
      instance: text,
      errors: list(some({ pointer: text, code: { type: 'string', enum: Object.keys(FIELD_CODES) }, detail: text })),
    },
    required: ['type', 'title', 'status', 'code', 'detail'],
  },
  Meta: some({
    organisation: named,
    now: instant,
    marketplaces: list(some({ id: text, zh: text, en: text })),
    stores: list(some({ id: text, name: text, marketplace: text })),
    glossary: { type: 'object', additionalProperties: { type: 'object', additionalProperties: term } },
    notice: text,
  }),
  Row: some({
    caseId: { type: 'string', format: 'uuid' },
    marketplace: text,
    store: named,
    caseNumber: text,
    orderNumber: orNull(text),
    kind: orNull(oneOf(KINDS)),
    variant: orNull(text),
    status: orNull(oneOf(STATUSES)),
    outcome: orNull(text),
    turn: oneOf(TURNS),
    due: orNull(some({ at: instant, kind: oneOf(DEADLINES), source: oneOf(SOURCES), onBreach: orNull(text) })),
    overdue: flag,
    riskFen: orNull(fen),
    amountFen: orNull(fen),
    refundedFen: orNull(fen),
    reason: orNull(reason),
    goods: orNull(some({ title: orNull(text), count: orNull(count) })),
    buyer: orNull(some({ name: orNull(text), phone: orNull(text) })),
    appliedAt: orNull(instant),
    updatedAt: instant,
  }),
  QueuePage: some({ now: instant, items: list(ref('Row')), next: orNull(text) }),
  Counts: some({
    now: instant,
    turns: some(Object.fromEntries(Object.keys(TURNS).map((turn) => [turn, count]))),
    dueSoon: count,
    overdue: count,
  }),
  CaseFile: some({
    now: instant,
    row: ref('Row'),
    unread: orNull(
      some({
        askedAt: instant,
        failingSince: instant,
        lastToldAt: orNull(instant),
        attempts: count,
        kind: text,
        why: text,
        nextAt: instant,
      }),
    ),
    rails: some({
      goods: railOf(GOODS_STAGES),
      money: railOf(MONEY_STAGES, { payer: orNull(text) }),
      dispute: railOf(DISPUTE_STAGES, { id: orNull(text) }),
    }),
    amounts: some({
      totalFen: orNull(fen),
      agreedFen: orNull(fen),
      refundedFen: orNull(fen),
      fullRefund: oneOf(TRUTHS),
      legs: list(some({ leg: text, fen: orNull(fen), payer: orNull(text), state: orNull(text) })),
    }),
    firstReason: orNull(reason),
    reason: orNull(reason),
    lines: list(
      some({ lineId: text, title: orNull(text), sku: orNull(text), quantity: orNull(count), paidFen: orNull(fen) }),
    ),
    parcels: list(
      some({ direction: text, carrier: orNull(text), tracking: text, state: orNull(text), sharedWith: list(sharing) }),
    ),
    deadlines: list(
      some({
        kind: oneOf(DEADLINES),
        turn: oneOf(TURNS),
        due: instant,
        source: oneOf(SOURCES),
        onBreach: text,
        riskFen: fen,
        passed: flag,
      }),
    ),
    revision: orNull(instant),
    actions: list(ref('Action')),
    siblings: list(ref('Row')),
    flags: list(text),
    openInConsole: orNull(text),
  }),
  Timeline: some({
    items: list(
      some({
        version: count,
        type: text,
        at: instant,
        recordedAt: instant,
        summary: term,
        changes: { type: 'object', additionalProperties: true },
        message: orNull(some({ id: text, channel: text, receivedAt: instant })),
      }),
    ),
    next: orNull(count),
  }),
  Message: some({ id: text, channel: text, marketplace: orNull(text), receivedAt: instant, bytes: count, text }),
  QuarantinePage: some({ items: list(some(quarantined)), next: orNull(text) }),
  QuarantinedMessage: some({ ...quarantined, bytes: count, text }),
  DeadLettersPage: some({ items: list(some(dead)), next: orNull(text) }),
  DeadLetter: some({ ...dead, headers: { type: 'object', additionalProperties: text }, text }),
  DeadLetterWanted: some({ id: text, wanted: flag }),
  RunAgainOutcome: some({
    outcome: { type: 'string', enum: ['observed', 'must-read', 'irrelevant', 'quarantined'] },
    detail: text,
  }),
  Stores: some({
    now: instant,
    items: list(
      some({
        store: named,
        marketplace: text,
        state: { type: 'string', enum: ['fresh', 'behind', 'blind', 'reauthorise'] },
        provenUntil: orNull(instant),
        lastPushAt: orNull(instant),
        lastPullAt: orNull(instant),
        pushes24h: count,
        late: count,
        missing: count,
        extra: count,
        trouble: orNull(text),
        unproven: orNull(
          some({
            windows: count,
            from: instant,
            since: instant,
            triedAt: instant,
            attempts: count,
            claimed: orNull(count),
            seen: count,
            why: text,
          }),
        ),
        unread: some({ cases: count, since: orNull(instant) }),
        messages: orNull(some({ connected: flag, since: instant })),
      }),
    ),
  }),
} satisfies Schemas

/** Puts the answers where the document's references look for them. */
export function withAnswers(document: OpenAPIObject): OpenAPIObject {
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, ...ANSWERS } },
  }
}

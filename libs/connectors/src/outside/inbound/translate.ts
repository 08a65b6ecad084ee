import type { Instant } from '#after-sale'
import { isFromTheFuture } from '#after-sale'
import type { Json, JsonObject, StoredMessage, ReportedOutcome, Translation } from '../../contract'
import { asId, asInteger, asObject, asText, asInstant, parseJson } from '../../contract'
import { ACTION_OUTCOMES } from '../statuses'
import { REPORT_TYPES } from '../wire'
import { facetsOf } from './facets'
import { InvalidField, fieldReader, readOptional, readRequired, oneOf } from './field-readers'

const unintelligible = (why: string): Extract<Translation, { type: 'unintelligible' }> => ({
  type: 'unintelligible',
  why: why.slice(0, 250),
})

/**
 * A report that is not understood, with its case where that is readable: the adapter is then asked for the case, since
 * a deadline may be running.
 */
function notUnderstood(why: string, type: string, data: JsonObject): Translation {
  const caseNumber = asId(data['caseNumber'])
  const orderNumber = asId(data['orderNumber'])
  if (type !== REPORT_TYPES.observed || caseNumber === undefined) return unintelligible(why)
  return {
    ...unintelligible(why),
    names: { shop: asId(data['shop']), case: { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) } },
  }
}

const TRANSLATIONS_BY_TYPE: Readonly<Record<string, (data: JsonObject, receivedAt: Instant) => Translation>> = {
  [REPORT_TYPES.observed]: translateObserved,
  [REPORT_TYPES.answered]: translateAnswered,
  [REPORT_TYPES.caughtUp]: translateCaughtUp,
}

/** Translates a report of an adapter. It already uses the model's values, so its fields only need to be read. */
export function translate({ raw, receivedAt }: StoredMessage): Translation {
  const message = asObject(parseJson(raw))
  const data = asObject(message?.['data'])
  if (message === undefined || data === undefined) return unintelligible('a report without readable data')
  const type = asText(message['type'], 60) ?? '?'
  const translateReport = Object.hasOwn(TRANSLATIONS_BY_TYPE, type) ? TRANSLATIONS_BY_TYPE[type] : undefined
  if (translateReport === undefined) return unintelligible(`no such report: ${type}`)
  try {
    return translateReport(data, receivedAt)
  } catch (error) {
    if (error instanceof InvalidField) return notUnderstood(error.message, type, data)
    throw error
  }
}

const id = fieldReader(asId)
const instant = fieldReader(asInstant)

function translateObserved(data: JsonObject): Translation {
  const orderNumber = readOptional(data, 'orderNumber', id)
  return {
    type: 'observed',
    shop: readRequired(data, 'shop', id),
    case: { caseNumber: readRequired(data, 'caseNumber', id), ...orderNumber },
    report: {
      stamp: {
        revision: readRequired(data, 'revision', instant),
        observedAt: readRequired(data, 'observedAt', instant),
      },
      ...readOptional(data, 'appliedAt', instant),
      facets: facetsOf(data),
    },
  }
}

const wholeNumber = fieldReader((value: Json) => ((asInteger(value) ?? -1) >= 0 ? asInteger(value) : undefined))
const effect = fieldReader((value: Json) =>
  typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value) ? value : undefined,
)

function translateAnswered(data: JsonObject): Translation {
  return {
    type: 'answered',
    shop: readRequired(data, 'shop', id),
    effect: readRequired(data, 'effect', effect),
    token: readRequired(data, 'token', wholeNumber),
    outcome: outcomeOf(data),
  }
}

/** The longest accepted delay of a retry. */
const MAX_RETRY_DELAY_MS = 3_600_000

/** The outcome of an action. Unreadable details are left out, since the outcome itself is what matters. */
function outcomeOf(data: JsonObject): ReportedOutcome {
  const code = asText(data['code'], 100) ?? 'no-code'
  const text = asText(data['words'], 200) ?? ''
  const outcome = readRequired(data, 'outcome', oneOf(ACTION_OUTCOMES))
  switch (outcome) {
    case 'done':
    case 'already-done':
      return { type: outcome }
    case 'refused':
      return { type: 'refused', code, text }
    case 'stale':
      return { type: 'stale', code }
    case 'try-later':
      return {
        type: 'try-later',
        afterMs: Math.min(readOptional(data, 'afterMs', wholeNumber).afterMs ?? 1_000, MAX_RETRY_DELAY_MS),
        why: text,
      }
    case 'in-doubt':
      return { type: 'unknown', why: text }
  }
}

/** An adapter has reported every change of a window. A window that ends in the future is refused. */
function translateCaughtUp(data: JsonObject, receivedAt: Instant): Translation {
  const until = readRequired(data, 'until', instant)
  if (isFromTheFuture(until, receivedAt)) return unintelligible('/until is later than this was received')
  const window = { from: readRequired(data, 'from', instant), to: Math.min(until, receivedAt) }
  if (window.from >= window.to) return unintelligible('/until is not after /from')
  return {
    type: 'complete',
    shop: readRequired(data, 'shop', id),
    window,
    cases: readRequired(data, 'cases', wholeNumber),
  }
}

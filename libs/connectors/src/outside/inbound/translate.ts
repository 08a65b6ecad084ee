import type { Instant } from '#after-sale'
import { isFromTheFuture } from '#after-sale'
import type { Json, JsonObject, StoredMessage, ReportedOutcome, Translation } from '../../contract'
import { asId, asInteger, asObject, asText, instantOf, parseJson } from '../../contract'
import { ACTION_OUTCOMES } from '../statuses'
import { REPORT_TYPES } from '../wire'
import { facetsOf } from './facets'
import { InvalidField, fieldReader, optional, required, oneOf } from './parts'

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

const REPORTS: Readonly<Record<string, (data: JsonObject, receivedAt: Instant) => Translation>> = {
  [REPORT_TYPES.observed]: observed,
  [REPORT_TYPES.answered]: answered,
  [REPORT_TYPES.caughtUp]: complete,
}

/** Translates a report of an adapter. It already uses the model's values, so its fields only need to be read. */
export function translate({ raw, receivedAt }: StoredMessage): Translation {
  const message = asObject(parseJson(raw))
  const data = asObject(message?.['data'])
  if (message === undefined || data === undefined) return unintelligible('a report without readable data')
  const type = asText(message['type'], 60) ?? '?'
  const read = Object.hasOwn(REPORTS, type) ? REPORTS[type] : undefined
  if (read === undefined) return unintelligible(`no such report: ${type}`)
  try {
    return read(data, receivedAt)
  } catch (error) {
    if (error instanceof InvalidField) return notUnderstood(error.message, type, data)
    throw error
  }
}

const id = fieldReader(asId)
const instant = fieldReader(instantOf)

function observed(data: JsonObject): Translation {
  const orderNumber = optional(data, 'orderNumber', id)
  return {
    type: 'observed',
    shop: required(data, 'shop', id),
    case: { caseNumber: required(data, 'caseNumber', id), ...orderNumber },
    report: {
      stamp: { revision: required(data, 'revision', instant), observedAt: required(data, 'observedAt', instant) },
      ...optional(data, 'appliedAt', instant),
      facets: facetsOf(data),
    },
  }
}

const wholeNumber = fieldReader((value: Json) => ((asInteger(value) ?? -1) >= 0 ? asInteger(value) : undefined))
const effect = fieldReader((value: Json) =>
  typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value) ? value : undefined,
)

function answered(data: JsonObject): Translation {
  return {
    type: 'answered',
    shop: required(data, 'shop', id),
    effect: required(data, 'effect', effect),
    token: required(data, 'token', wholeNumber),
    outcome: outcomeOf(data),
  }
}

/** The longest accepted delay of a retry. */
const MAX_RETRY_MS = 3_600_000

/** The outcome of an action. Unreadable details are left out, since the outcome itself is what matters. */
function outcomeOf(data: JsonObject): ReportedOutcome {
  const code = asText(data['code'], 100) ?? 'no-code'
  const text = asText(data['words'], 200) ?? ''
  const outcome = required(data, 'outcome', oneOf(ACTION_OUTCOMES))
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
        afterMs: Math.min(optional(data, 'afterMs', wholeNumber).afterMs ?? 1_000, MAX_RETRY_MS),
        why: text,
      }
    case 'in-doubt':
      return { type: 'unknown', why: text }
  }
}

/** An adapter has reported every change of a window. A window that ends in the future is refused. */
function complete(data: JsonObject, receivedAt: Instant): Translation {
  const until = required(data, 'until', instant)
  if (isFromTheFuture(until, receivedAt)) return unintelligible('/until is later than this was received')
  const window = { from: required(data, 'from', instant), to: Math.min(until, receivedAt) }
  if (window.from >= window.to) return unintelligible('/until is not after /from')
  return { type: 'complete', shop: required(data, 'shop', id), window, cases: required(data, 'cases', wholeNumber) }
}

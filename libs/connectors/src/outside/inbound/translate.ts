import type { Instant } from '#after-sale'
import { isFromTheFuture } from '#after-sale'
import type { Json, JsonObject, StoredMessage, Told, Translation } from '../../contract'
import { asId, asInteger, asObject, asText, instantOf, parsedJson } from '../../contract'
import { ANSWERS } from '../statuses'
import { REPORT } from '../wire'
import { facetsOf } from './facets'
import { Misread, by, maybe, needed, wordOf } from './parts'

const unintelligible = (why: string): Extract<Translation, { type: 'unintelligible' }> => ({
  type: 'unintelligible',
  why: why.slice(0, 250),
})

/** A report of a case that is not understood still names it: the adapter is asked to show it, for its clock may run. */
function notUnderstood(why: string, type: string, told: JsonObject): Translation {
  const caseNumber = asId(told['caseNumber'])
  const orderNumber = asId(told['orderNumber'])
  if (type !== REPORT.observed || caseNumber === undefined) return unintelligible(why)
  return {
    ...unintelligible(why),
    names: { shop: asId(told['shop']), case: { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) } },
  }
}

const REPORTS: Readonly<Record<string, (told: JsonObject, receivedAt: Instant) => Translation>> = {
  [REPORT.observed]: observed,
  [REPORT.answered]: answered,
  [REPORT.caughtUp]: complete,
}

/** What an adapter has reported. It speaks our words already, so that the reading of it is all there is to do. */
export function translate({ raw, receivedAt }: StoredMessage): Translation {
  const message = asObject(parsedJson(raw))
  const data = asObject(message?.['data'])
  if (message === undefined || data === undefined) return unintelligible('a report without readable data')
  const type = asText(message['type'], 60) ?? '?'
  const read = Object.hasOwn(REPORTS, type) ? REPORTS[type] : undefined
  if (read === undefined) return unintelligible(`no such report: ${type}`)
  try {
    return read(data, receivedAt)
  } catch (error) {
    if (error instanceof Misread) return notUnderstood(error.message, type, data)
    throw error
  }
}

const id = by(asId)
const instant = by(instantOf)

function observed(told: JsonObject): Translation {
  const orderNumber = maybe(told, 'orderNumber', id)
  return {
    type: 'observed',
    shop: needed(told, 'shop', id),
    case: { caseNumber: needed(told, 'caseNumber', id), ...orderNumber },
    report: {
      stamp: { revision: needed(told, 'revision', instant), observedAt: needed(told, 'observedAt', instant) },
      ...maybe(told, 'appliedAt', instant),
      facets: facetsOf(told),
    },
  }
}

const wholeNumber = by((value: Json) => ((asInteger(value) ?? -1) >= 0 ? asInteger(value) : undefined))
const effect = by((value: Json) =>
  typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value) ? value : undefined,
)

function answered(told: JsonObject): Translation {
  return {
    type: 'answered',
    shop: needed(told, 'shop', id),
    effect: needed(told, 'effect', effect),
    token: needed(told, 'token', wholeNumber),
    told: toldOf(told),
  }
}

/** An action that is put off further would be forgotten. */
const LONGEST_WAIT_MS = 3_600_000

/** What cannot be read in a refusal is left out: that it was refused is what counts. */
function toldOf(told: JsonObject): Told {
  const code = asText(told['code'], 100) ?? 'no-code'
  const text = asText(told['words'], 200) ?? ''
  const outcome = needed(told, 'outcome', wordOf(ANSWERS))
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
        afterMs: Math.min(maybe(told, 'afterMs', wholeNumber).afterMs ?? 1_000, LONGEST_WAIT_MS),
        why: text,
      }
    case 'in-doubt':
      return { type: 'unknown', why: text }
  }
}

/** Nobody can say that all was told of a time that is still to come. */
function complete(told: JsonObject, receivedAt: Instant): Translation {
  const until = needed(told, 'until', instant)
  if (isFromTheFuture(until, receivedAt)) return unintelligible('/until is later than this was received')
  const window = { from: needed(told, 'from', instant), to: Math.min(until, receivedAt) }
  if (window.from >= window.to) return unintelligible('/until is not after /from')
  return { type: 'complete', shop: needed(told, 'shop', id), window, cases: needed(told, 'cases', wholeNumber) }
}

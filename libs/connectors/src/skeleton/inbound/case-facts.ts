import type { Facets, Instant } from '#after-sale'
import type { CaseReference, Json, Translation } from '../../contract'
import { asId, asInteger, asText, asFen, asInstant } from '../../contract'
import type { StatusMeaning } from '../statuses'
import { STATUS_MEANINGS, KIND_BY_TYPE } from '../statuses'
import type { SkeletonCase } from '../wire'

/**
 * A case as every channel reports it, or the reason why it is not understood, with the case number where that is
 * readable.
 */
export function translateCase(fields: SkeletonCase, receivedAt: Instant): Translation {
  const caseNumber = asId(fields.skeleton_case_id)
  if (caseNumber === undefined) return { type: 'unintelligible', why: 'no readable skeleton_case_id' }
  const orderNumber = asId(fields.order_id)
  const reference: CaseReference = { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) }
  const unintelligible = (why: string): Translation => ({
    type: 'unintelligible',
    why,
    names: { shop: undefined, case: reference },
  })
  const code = asInteger(fields.case_status)
  const meaning = code === undefined ? undefined : STATUS_MEANINGS.get(code)
  if (code === undefined || meaning === undefined)
    return unintelligible(`unknown case_status ${displayCode(fields.case_status)}`)
  const type = asInteger(fields.case_type)
  const kind = type === undefined ? undefined : KIND_BY_TYPE.get(type)
  if (kind === undefined) return unintelligible(`unknown case_type ${displayCode(fields.case_type)}`)
  const revision = asInstant(fields.updated_at)
  if (revision === undefined) return { type: 'must-read', shop: undefined, case: reference, why: 'no readable update' }
  const appliedAt = asInstant(fields.applied_at)
  return {
    type: 'observed',
    shop: undefined,
    case: reference,
    report: {
      stamp: { revision, observedAt: receivedAt },
      ...(appliedAt === undefined ? {} : { appliedAt }),
      facets: { kind, ...facetsOf(fields, String(code), meaning) },
    },
  }
}

function facetsOf(fields: SkeletonCase, raw: string, meaning: StatusMeaning): Partial<Facets> {
  const { status, outcome, money } = meaning
  const total = asFen(fields.amount)
  const reason = asText(fields.reason)
  const due = asInstant(fields.respond_until)
  return {
    status: { status, raw, ...(outcome === undefined ? {} : { outcome }) },
    money: { stage: money },
    ...(total === undefined ? {} : { amounts: { total, legs: {} } }),
    ...(reason === undefined ? {} : { reason: { text: reason } }),
    // Documented: 0 means that no clock runs. Absent means unknown.
    ...(asInteger(fields.respond_until) === 0 ? { deadline: { due: null, forRaw: raw } } : {}),
    ...(due === undefined ? {} : { deadline: { due, forRaw: raw } }),
  }
}

const displayCode = (value: Json | undefined): string => String(JSON.stringify(value)).slice(0, 40)

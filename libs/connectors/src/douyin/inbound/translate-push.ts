import type { Facets, Instant } from '#after-sale'
import type { CaseReference, JsonObject, Translation } from '../../contract'
import { asId, asInteger, asObject, asText, asInstant, isBlank, parseJson, withoutBlanks } from '../../contract'
import { amountsOf, REFUND_ONLY_IN_DETAIL } from './amounts'
import { displayCode } from './case-facts'
import type { AftersaleStatus, AftersaleType, StatusFacts } from '../statuses'
import { AFTERSALE_STATUS, AFTERSALE_TYPE, asksForMoney, kindOf, knownCode, statusOf } from '../statuses'
import { OTHER_TAGS, REFUND_TAGS } from './push-types'
import type { PushContent, PushMessage } from '../wire'

/** A push as it is on the wire, as documentation prints it, or as relays forward it: the bare content without a tag. */
export function translatePush(message: JsonObject, receivedAt: Instant): Translation {
  const { tag, data } = message as PushMessage
  if (isBlank(tag) && isBlank(data)) return translateContent(withoutBlanks(message), undefined, receivedAt)
  const name = typeof tag === 'number' ? String(tag) : asText(tag, 20)
  const otherSubject = name === undefined ? undefined : OTHER_TAGS.get(name)
  if (otherSubject !== undefined) return { type: 'irrelevant', why: `tag ${name}, ${otherSubject}` }
  const parsedData = asObject(typeof data === 'string' ? parseJson(data) : data)
  const content: PushContent | undefined = parsedData === undefined ? undefined : withoutBlanks(parsedData)
  if (name === undefined) return notUnderstood('a push without a tag', content)
  if (!REFUND_TAGS.has(name)) return notUnderstood(`unknown tag ${name}`, content)
  return content === undefined
    ? notUnderstood(`tag ${name}: data is not a JSON object`, content)
    : translateContent(content, name, receivedAt)
}

/** Quarantined with its reason. A case that it names is read anyway: its deadline does not wait for a new table. */
function notUnderstood(why: string, content: PushContent | undefined): Translation {
  const reference = content === undefined ? undefined : caseOf(content)
  if (reference === undefined) return { type: 'unintelligible', why }
  return { type: 'unintelligible', why, names: { shop: asId(content?.shop_id), case: reference } }
}

function caseOf(content: PushContent): CaseReference | undefined {
  const caseNumber = asId(content.aftersale_id)
  const orderNumber = asId(content.p_id)
  return caseNumber === undefined ? undefined : { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) }
}

function translateContent(content: PushContent, tag: string | undefined, receivedAt: Instant): Translation {
  const meaning = tag === undefined ? undefined : REFUND_TAGS.get(tag)
  const reference = caseOf(content)
  if (reference === undefined)
    return notUnderstood(`${tag === undefined ? 'push' : `tag ${tag}`}: no aftersale_id`, content)
  const shop = asId(content.shop_id)
  const revision = asInstant(content.update_time)
  if (meaning?.content === 'hints' || revision === undefined)
    return { type: 'must-read', shop, case: reference, why: `${meaning?.event ?? 'push'} has no update_time` }

  const status = content.aftersale_status ?? content.after_sale_status
  const code = knownCode(AFTERSALE_STATUS, asInteger(status))
  if (code === undefined) return notUnderstood(`unknown aftersale_status ${displayCode(status)}`, content)
  const type = knownCode(AFTERSALE_TYPE, asInteger(content.aftersale_type))
  if (type === undefined && content.aftersale_type !== undefined)
    return notUnderstood(`unknown aftersale_type ${displayCode(content.aftersale_type)}`, content)

  const facets = facetsOf(content, tag, code, type)
  const appliedAt = tag === '211' ? undefined : asInstant(content.apply_time)
  const alsoRead = alsoReadReason(facets)
  return {
    type: 'observed',
    shop,
    case: reference,
    report: {
      stamp: { revision, observedAt: receivedAt },
      ...(appliedAt === undefined ? {} : { appliedAt }),
      facets,
    },
    ...(alsoRead === undefined ? {} : { alsoRead }),
    ...(alsoRead !== undefined && facets.status?.outcome !== undefined ? { readWhenOver: true } : {}),
  }
}

/** Why the case must be read after this push: for the deadline of an open case, the refunded amount, or whose money it was. */
function alsoReadReason({ status, money, amountAgreed, amountRefunded }: Partial<Facets>): string | undefined {
  if (status?.outcome === undefined) return 'pushes have no deadline'
  if (amountAgreed !== undefined && amountRefunded === undefined) return REFUND_ONLY_IN_DETAIL
  return status.outcome === 'refunded' && money === undefined ? 'pushes do not report whose money it was' : undefined
}

/**
 * The facets that list and detail report in the same way. A push has the order without its lines, the money without its owner
 * and repair without its sub-type: a facet made of these would replace the complete one of an earlier read. The reason's number
 * is taken only from applications, since later pushes merely repeat it.
 */
function facetsOf(
  content: PushContent,
  tag: string | undefined,
  code: AftersaleStatus,
  type: AftersaleType | undefined,
): Partial<Facets> {
  const isNewApplication = tag === '200' || (tag === undefined && content.apply_time !== undefined)
  const isApplication = isNewApplication || tag === '208' || (tag === undefined && content.modify_time !== undefined)
  const isPaid = tag === '206' || (tag === undefined && content.success_time !== undefined)
  const facts = { code, type, subType: undefined, refund: undefined, isOver: isPaid }
  const { refund_amount: total, refund_post_amount: freight, real_refund_amount: refunded } = content
  const reasonCode = isApplication ? asId(content.reason_code) : undefined
  // How a success ended depends on the kind; of a repair also on the sub-type, which pushes lack.
  const isEndUnknown = (type === undefined || type === 8) && SUCCEEDED.has(code)
  return {
    ...(isEndUnknown ? {} : { status: statusOf(facts) }),
    ...(type === undefined || type === 8 ? {} : { kind: kindOf(type, undefined) }),
    ...amountsOf({ total, freight, refunded }, facts),
    ...(reasonCode === undefined ? {} : { reasonCode: { code: reasonCode } }),
    ...moneyOfPush(facts, isNewApplication),
  }
}

/**
 * A push does not report whose money it was. Of a return and refund it may be the platform's (R148, R150): the status
 * shows that it has arrived, a read whose money it was.
 */
function moneyOfPush(
  { code, type, isOver: over }: StatusFacts,
  isNewApplication: boolean,
): Pick<Partial<Facets>, 'money'> {
  if (type === undefined || (code !== 12 && !(isNewApplication && code === 6))) return {}
  if (!asksForMoney({ type })) return { money: { stage: 'none' } }
  if (code === 6) return { money: { stage: 'asked' } }
  if (!over) return { money: { stage: 'refunding' } }
  return type === 0 ? {} : { money: { stage: 'refunded' } }
}

const SUCCEEDED: ReadonlySet<AftersaleStatus> = new Set([12, 14, 53])

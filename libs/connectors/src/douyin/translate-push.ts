import type { Facets, Instant } from '#after-sale'
import type { JsonObject, Translation } from '../contract'
import { asId, asInteger, asObject, asText, instantOfSeconds, instantOfText } from '../contract'
import { amountsOf, REFUND_UNTOLD } from './amounts'
import { quietlyParsed } from './quietly-parsed'
import type { AftersaleStatus, AftersaleType } from './statuses'
import { AFTERSALE_STATUS, AFTERSALE_TYPE, kindOf, known, moneyOf, statusOf } from './statuses'
import { OTHER_TAGS, REFUND_TAGS } from './tags'
import type { PushContent, PushMessage } from './wire'

const unintelligible = (why: string): Translation => ({ type: 'unintelligible', why })

/** A push as it is on the wire, as documentation prints it, or as relays forward it: the bare content without a tag. */
export function translatePush(message: JsonObject, receivedAt: Instant): Translation {
  const { tag, data } = message as PushMessage
  if (tag === undefined && data === undefined) return translateContent(message as PushContent, undefined, receivedAt)
  const name = typeof tag === 'number' ? String(tag) : asText(tag, 20)
  if (name === undefined) return unintelligible('a push without a tag')
  const other = OTHER_TAGS.get(name)
  if (other !== undefined) return { type: 'irrelevant', why: `tag ${name}, ${other}` }
  if (!REFUND_TAGS.has(name)) return unintelligible(`unknown tag ${name}`)
  const content = asObject(typeof data === 'string' ? quietlyParsed(data) : data) as PushContent | undefined
  return content === undefined
    ? unintelligible(`tag ${name}: data is not a JSON object`)
    : translateContent(content, name, receivedAt)
}

function translateContent(content: PushContent, tag: string | undefined, receivedAt: Instant): Translation {
  const meaning = tag === undefined ? undefined : REFUND_TAGS.get(tag)
  const caseNumber = asId(content.aftersale_id)
  if (caseNumber === undefined) return unintelligible(`${tag === undefined ? 'push' : `tag ${tag}`}: no aftersale_id`)
  const orderNumber = asId(content.p_id)
  const about = { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) }
  const shop = asId(content.shop_id)
  const revision = instantOfText(content.update_time)
  if (meaning?.reads === 'hints' || revision === undefined)
    return { type: 'must-read', shop, case: about, why: `${meaning?.event ?? 'push'} tells no update_time` }

  const told = content.aftersale_status ?? content.after_sale_status
  const code = known(AFTERSALE_STATUS, asInteger(told))
  if (code === undefined) return unintelligible(`unknown aftersale_status ${shown(told)}`)
  const type = known(AFTERSALE_TYPE, asInteger(content.aftersale_type))
  if (type === undefined && content.aftersale_type !== undefined)
    return unintelligible(`unknown aftersale_type ${shown(content.aftersale_type)}`)

  const facets = facetsOf(content, tag, code, type)
  const appliedAt = tag === '211' ? undefined : instantOfSeconds(content.apply_time)
  return {
    type: 'observed',
    shop,
    case: about,
    report: {
      stamp: { revision, observedAt: receivedAt },
      ...(appliedAt === undefined ? {} : { appliedAt }),
      facets,
    },
    ...alsoReadOf(facets),
  }
}

/**
 * A push tells the reason only as a code, the order only by its numbers and repair without its sub-type. They are
 * taken from the application itself; later pushes repeat them, and taken from there they would put a bare number over
 * the words and lines that a read has told since.
 */
function facetsOf(
  content: PushContent,
  tag: string | undefined,
  code: AftersaleStatus,
  type: AftersaleType | undefined,
) {
  const applied = tag === '200' || (tag === undefined && content.apply_time !== undefined)
  const application = applied || tag === '208' || (tag === undefined && content.modify_time !== undefined)
  const paid = tag === '206' || (tag === undefined && content.success_time !== undefined)
  const facts = { code, type, subType: undefined, refund: undefined, over: paid }
  const { refund_amount: total, refund_post_amount: freight, real_refund_amount: refunded } = content
  const reasonCode = application ? asId(content.reason_code) : undefined
  const orderNumber = asId(content.p_id)
  const line = asId(content.s_id)
  const facets: Partial<Facets> = {
    status: statusOf(facts),
    ...(type === undefined || (type === 8 && !application) ? {} : { kind: kindOf(type, undefined) }),
    ...amountsOf({ total, freight, refunded }, facts),
    ...(reasonCode === undefined ? {} : { reasonCode: { code: reasonCode } }),
    ...(applied && orderNumber !== undefined
      ? { order: { orderNumber, lines: line === undefined ? [] : [{ lineId: line }] } }
      : {}),
    ...(code === 12 ? moneyOfAgreed(paid, type) : applied ? { money: moneyOf(facts, undefined) } : {}),
  }
  return facets
}

/** What a push leaves open and the detail tells: the deadline of an open case, what was actually refunded of a paid one. */
function alsoReadOf({ status, amountAgreed, amountRefunded }: Partial<Facets>): { readonly alsoRead?: string } {
  if (status?.outcome === undefined) return { alsoRead: 'pushes tell no deadline' }
  return amountAgreed === undefined || amountRefunded !== undefined ? {} : { alsoRead: REFUND_UNTOLD }
}

/**
 * A push does not tell whose money it was. Of a return and refund it may be the platform's (R148, R150): that it has
 * arrived is told by the status, the money by the list alone.
 */
const moneyOfAgreed = (paid: boolean, type: AftersaleType | undefined): Pick<Partial<Facets>, 'money'> => {
  if (!paid) return { money: { stage: 'refunding' } }
  return type === 0 || type === undefined ? {} : { money: { stage: 'refunded' } }
}

const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 40)

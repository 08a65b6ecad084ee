import { createHash, hash, timingSafeEqual } from 'node:crypto'
import type { AppCredentials, HttpAnswer, InboundMessage, RawDelivery, Receipt } from '../../contract'
import { asId, asObject, asText, decodeUtf8, elementsAt, memberAt, parseJson } from '../../contract'
import { parsePush } from './parse-push'
import { PROBE_TAG } from './push-types'
import type { PushContent, PushMessage } from '../wire'

/** Unless it gets exactly this answer within five seconds, Douyin sends again. */
const ACKNOWLEDGED: HttpAnswer = { status: 200, body: '{"code":0,"msg":"success"}' }
/** One answer for every reason, so that a forger learns nothing. */
const REFUSED: HttpAnswer = { status: 401, body: '{"code":1,"msg":"fail"}' }

/** No platform sends so many at once; a list of more is kept whole, since splitting it would delay all other requests. */
const MAX_MESSAGES = 5_000

/**
 * The signature covers the raw bytes: `event-sign` is the lower-hex MD5 of app key, body and app secret. It
 * is checked before anything is parsed, and over nothing that was parsed.
 */
export function receive(delivery: RawDelivery, app: AppCredentials): Receipt {
  const problem = forgeryReason(delivery, app)
  if (problem !== undefined) return { type: 'forged', why: problem, answer: REFUSED }
  const body = decodeUtf8(delivery.body)
  const start = body.search(/\S/)
  // The platform's SDKs read an array; the body of the probe is undocumented, so one object is accepted as well.
  const parts = body[start] === '{' ? [body.slice(start).trimEnd()] : elementsAt(body, [], MAX_MESSAGES)
  const messages = (parts ?? [body]).map(messageOf).filter((message) => message !== undefined)
  return { type: 'accepted', messages, answer: ACKNOWLEDGED }
}

export function refusalByHeaders(headers: RawDelivery['headers'], appKey: string): HttpAnswer | undefined {
  return typeof readSignature(headers, appKey) === 'string' ? undefined : REFUSED
}

/** The signature that a delivery claims to have, or what is wrong with its headers. */
function readSignature(headers: RawDelivery['headers'], appKey: string): string | { readonly problem: string } {
  if (headers['app-id'] !== appKey) return { problem: 'app-id is not ours' }
  const claimed = headers['event-sign']
  if (typeof claimed !== 'string' || !/^[0-9a-f]{32}$/.test(claimed))
    return { problem: 'event-sign is missing or malformed' }
  return claimed
}

function forgeryReason({ headers, body }: RawDelivery, { appKey, appSecret }: AppCredentials): string | undefined {
  if (appKey === '' || appSecret === '') return 'no credentials to check with'
  const claimed = readSignature(headers, appKey)
  if (typeof claimed !== 'string') return claimed.problem
  const genuine = createHash('md5').update(appKey).update(body).update(appSecret).digest()
  return timingSafeEqual(genuine, Buffer.from(claimed, 'hex')) ? undefined : 'event-sign does not match'
}

/** One element of the body; `undefined` for a probe. An unreadable element is stored under the hash of its text. */
function messageOf(raw: string): InboundMessage | undefined {
  const message: PushMessage | undefined = parsePush(raw)
  if (message !== undefined && tagOf(message) === PROBE_TAG) return undefined
  return { channel: 'push', key: keyOf(message, raw), shop: shopOf(message), raw }
}

/** The store of the message. Only this field is read here: the rest may be malformed, and is parsed after it is durable. */
function shopOf(message: PushMessage | undefined): string | undefined {
  if (typeof message?.data !== 'string') return asId((asObject(message?.data) as PushContent | undefined)?.shop_id)
  const shop = memberAt(message.data, 'shop_id')
  return shop === undefined ? undefined : asId(parseJson(shop))
}

const tagOf = ({ tag }: PushMessage): string | undefined => (typeof tag === 'number' ? String(tag) : asText(tag, 20))

/**
 * The key of a message: `msg_id` and a digest of the content. Repetitions have the same of both. The id alone is not enough: one
 * id has been seen on two contents, and the later message was lost. Without a usable id, the digest of the element is the key.
 */
function keyOf(message: PushMessage | undefined, raw: string): string {
  const id = message?.msg_id ?? message?.msgId
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(id)) return `sha256:${sha256(raw)}`
  const content = typeof message?.data === 'string' ? `${JSON.stringify(message.tag)}\n${message.data}` : raw
  return `${id}:${sha256(content)}`
}

// One call of `hash` costs half of what a `Hash` object does, and every push pays that cost.
const sha256 = (text: string): string => hash('sha256', text, 'hex')

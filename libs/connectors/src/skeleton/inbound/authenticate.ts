import { createHash } from 'node:crypto'
import type { AppCredentials, HttpAnswer, InboundMessage, RawDelivery, Receipt } from '../../contract'
import { asId, asObject, asText, decodeUtf8, elementsAt, parseJson } from '../../contract'
import { isSignedBy } from '../sign'
import type { PushMessage } from '../wire'
import { SIGNATURE_HEADER } from '../wire'

/** Any other answer makes the marketplace send again. */
const ACKNOWLEDGED: HttpAnswer = { status: 200, body: '{"code":0}' }
/** One answer for every reason, so that a forger learns nothing. */
const REFUSED: HttpAnswer = { status: 401, body: '{"code":401}' }

/** A longer list is stored as one message: splitting it would delay other deliveries. */
const MAX_MESSAGES = 5_000

/** The signature is checked over the raw bytes, before anything is parsed. */
export function receive({ headers, body }: RawDelivery, { appSecret }: AppCredentials): Receipt {
  const claimed = readSignature(headers)
  if (appSecret === '' || claimed === undefined || !isSignedBy(body, claimed, appSecret))
    return { type: 'forged', why: `${SIGNATURE_HEADER} is missing, malformed or does not match`, answer: REFUSED }
  const text = decodeUtf8(body)
  return {
    type: 'accepted',
    messages: (elementsAt(text, [], MAX_MESSAGES) ?? [text]).map(messageOf),
    answer: ACKNOWLEDGED,
  }
}

export const refusalByHeaders = (headers: RawDelivery['headers']): HttpAnswer | undefined =>
  readSignature(headers) === undefined ? REFUSED : undefined

function readSignature(headers: RawDelivery['headers']): string | undefined {
  const claimed = headers[SIGNATURE_HEADER]
  return typeof claimed === 'string' && /^[0-9a-f]{64}$/.test(claimed) ? claimed : undefined
}

/** One element of the body. A repetition has the same id and content; one id with two contents makes two messages. */
function messageOf(raw: string): InboundMessage {
  const message = asObject(parseJson(raw)) as PushMessage | undefined
  const digest = createHash('sha256').update(raw).digest('hex')
  return {
    channel: 'push',
    key: `${asText(message?.id, 100) ?? 'no-id'}:${digest}`,
    shop: asId(message?.shop_id),
    raw,
  }
}

import { createHash } from 'node:crypto'
import type { AppCredentials, HttpAnswer, InboundMessage, RawDelivery, Receipt } from '../../contract'
import { asId, asObject, decodeUtf8, parseJson } from '../../contract'
import { isSignedBy } from '../sign'
import { HEADERS, sourceOf } from '../wire'

const ACKNOWLEDGED: HttpAnswer = { status: 200, body: '' }
/** One answer for every reason, so that a forger learns nothing. */
const REFUSED: HttpAnswer = { status: 401, body: '' }

/**
 * One report, as a CloudEvent in binary mode. An adapter signs with the secret of its app, so it can report only for
 * the stores of that app, even though others may write to the same topic. The signature covers id, type and bytes of
 * the report.
 */
export function receive({ headers, body }: RawDelivery, app: AppCredentials): Receipt {
  if (app.appKey === '' || app.appSecret === '') return forged('no credentials to check with')
  const claim = readClaim(headers, app.appKey)
  if (typeof claim === 'string') return forged(claim)
  const { id, type, signature } = claim
  if (!isSignedBy({ id, type, body }, signature, app.appSecret)) return forged('the signature does not match')
  return { type: 'accepted', messages: [messageOf(id, type, decodeUtf8(body))], answer: ACKNOWLEDGED }
}

export function refusalByHeaders(headers: RawDelivery['headers'], appKey: string): HttpAnswer | undefined {
  return typeof readClaim(headers, appKey) === 'string' ? REFUSED : undefined
}

interface Claim {
  readonly id: string
  readonly type: string
  readonly signature: string
}

/** The id, type and signature in the headers, or what is wrong with them. */
function readClaim(headers: RawDelivery['headers'], appKey: string): Claim | string {
  const [id, type, source, signature] = [HEADERS.id, HEADERS.type, HEADERS.source, HEADERS.signature].map(
    (name) => headers[name],
  )
  if (source !== sourceOf(appKey)) return 'the source is not this adapter'
  return isHeaderToken(id) && isHeaderToken(type) && typeof signature === 'string'
    ? { id, type, signature }
    : 'id, type or signature is missing or malformed'
}

const forged = (why: string): Receipt => ({ type: 'forged', why, answer: REFUSED })

const isHeaderToken = (value: RawDelivery['headers'][string]): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value)

/** The report as it is stored: its id, its type and the unchanged body. A body that is not JSON is stored as text. */
function messageOf(id: string, type: string, body: string): InboundMessage {
  const data = parseJson(body)
  const dataField = data === undefined ? `"unreadable":${JSON.stringify(body)}` : `"data":${body}`
  return {
    channel: 'push',
    // One id with two contents makes two reports; the same content again is a repetition.
    key: `${id}:${createHash('sha256').update(`${type}\n${body}`).digest('hex')}`,
    shop: asId(asObject(data)?.['shop']),
    raw: `{"id":${JSON.stringify(id)},"type":${JSON.stringify(type)},${dataField}}`,
  }
}

import { createHash } from 'node:crypto'
import type { InboundMessage, Json, JsonObject } from '../../contract'
import { asId, asObject, asText, parseJson, withoutBlanks } from '../../contract'
import type { UnwrappedPush } from '../inbound/translate-push'
import { unwrapPush } from '../inbound/translate-push'

/** The fields that an acknowledgement must repeat, as JSON literals. */
export interface FrameReceipt {
  readonly id: string
  readonly sendTime: string | undefined
  readonly type: string | undefined
  readonly mallId: string | undefined
}

export type Frame =
  /** Without a receipt it cannot be acknowledged, but it is kept. */
  | { readonly type: 'message'; readonly message: InboundMessage; readonly receipt: FrameReceipt | undefined }
  | { readonly type: 'fail'; readonly why: string }
  | { readonly type: 'other' }

/** Reads one text frame of the server. An unreadable frame is a message too, so that nothing is lost. */
export function readFrame(text: string): Frame {
  const frame = parseFrame(text)
  if (frame === undefined)
    return { type: 'message', message: messageOf(`frame:${sha256(text)}`, undefined, text), receipt: undefined }
  if (frame.commandType === 'Fail') return { type: 'fail', why: asText(frame.failReason, 200) ?? 'no reason given' }
  if (frame.commandType !== 'Common' && frame.message === undefined) return { type: 'other' }
  const push = unwrapPush(frame)
  // All shops of an app share the connection; the message names the shop.
  return { type: 'message', message: messageOf(buildKey(push, text), push?.shop, text), receipt: readReceipt(frame) }
}

const messageOf = (key: string, shop: string | undefined, raw: string): InboundMessage => ({
  channel: 'push',
  key,
  shop,
  raw,
})

/**
 * The id of a repetition is not promised to be the same, so mall, type, refund, time of change and operation make the
 * key, with a digest of the content: other content is another message. A hint without the time of its change could be
 * confused with a later one, so it is identified by its frame; at worst the case is read once too often.
 */
function buildKey(push: UnwrappedPush | undefined, text: string): string {
  const { type, shop, content } = push ?? {}
  const refund = asId(content?.refund_id)
  const modified = asId(content?.modified)
  if (type !== undefined && refund !== undefined && modified !== undefined)
    return [shop ?? '', type, refund, modified, asId(content?.operation) ?? '', sha256(JSON.stringify(content))].join(
      ':',
    )
  return `frame:${sha256(text)}`
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

function readReceipt(frame: JsonObject): FrameReceipt | undefined {
  const id = jsonLiteral(frame.id)
  const message = asObject(frame.message)
  return id === undefined
    ? undefined
    : {
        id,
        sendTime: jsonLiteral(frame.sendTime),
        type: jsonLiteral(message?.type),
        mallId: jsonLiteral(message?.mallID),
      }
}

/** Numbers of sixteen digits and more became texts on reading; they are sent back as the original numbers. */
function jsonLiteral(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return /^-?\d{16,20}$/.test(value) ? value : JSON.stringify(value.slice(0, 200))
  return typeof value === 'number' ? String(value) : undefined
}

function parseFrame(text: string): JsonObject | undefined {
  const frame = asObject(parseJson(text))
  return frame === undefined ? undefined : withoutBlanks(frame)
}

export const heartbeatFrame = (now: number): string => JSON.stringify({ commandType: 'HeartBeat', time: now })

export const ackFrame = (receipt: FrameReceipt, now: number): string => replyFrame('Ack', receipt, now)

/** The platform takes at most 1000 characters of reason. */
export const failFrame = (receipt: FrameReceipt, now: number, reason: string): string =>
  replyFrame('Fail', receipt, now, JSON.stringify(reason.slice(0, 1000)))

function replyFrame(
  command: 'Ack' | 'Fail',
  { id, sendTime, type, mallId }: FrameReceipt,
  now: number,
  reason?: string,
): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['commandType', `"${command}"`],
    ['time', String(now)],
    ['id', id],
    ['sendTime', sendTime],
    ['type', type],
    ['mallID', mallId],
    ['failReason', reason],
  ]
  const literals = fields.filter(([, value]) => value !== undefined).map(([name, value]) => `"${name}":${value}`)
  return `{${literals.join(',')}}`
}

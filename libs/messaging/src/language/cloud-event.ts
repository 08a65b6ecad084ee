import { schemaIdOf } from './registry'

/** An event by CloudEvents 1.0, with our extensions. */
export interface CloudEvent {
  /** The same when an event is sent again, so that a consumer that keeps the ids it has seen does nothing twice. */
  readonly id: string
  readonly type: string
  readonly source: string
  /** The case. Also the key of the message. */
  readonly subject: string
  /** When it was recorded, UTC ms. */
  readonly time: number
  readonly data: unknown
  /** Its trace, by W3C Trace Context (an extension of CloudEvents); absent if tracing is off. */
  readonly traceparent?: string
  /** In messages to and from adapters: the exact bytes that were signed, and the signature. */
  readonly signed?: Signed
}

export interface Signed {
  readonly bytes: Buffer
  readonly signature: string
}

/** The header with the signature, between adapters and us: HMAC-SHA256 in lower hex over id, line feed, type, line feed, value. */
export const SIGNATURE_HEADER = 'shouhou_signature'

/** A CloudEvent as a Kafka record, in binary mode. */
export interface KafkaRecord {
  readonly key: string
  readonly value: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** The `ce_source` of an organisation's events. Event ids are unique within a source. */
export const sourceOf = (org: number): string => `/shouhou/organisations/${org}`

/** The id of an event of a case: made of stream, version and type, so that it is the same when the event is sent again. */
export const eventIdOf = (stream: string, version: number, type: string): string => `${stream}/${version}/${type}`

/** Binary mode: the value is the data, attributes are headers, so that a proxy need not parse the value. */
export const toRecord = ({ id, type, source, subject, time, data, traceparent, signed }: CloudEvent): KafkaRecord => ({
  key: subject,
  value: signed?.bytes ?? Buffer.from(JSON.stringify(data)),
  headers: {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: source,
    ce_subject: subject,
    ce_time: new Date(time).toISOString(),
    ce_partitionkey: subject,
    ce_dataschema: schemaIdOf(type),
    'content-type': 'application/json',
    ...(traceparent === undefined ? {} : { ce_traceparent: traceparent }),
    ...(signed === undefined ? {} : { [SIGNATURE_HEADER]: signed.signature }),
  },
})

/** A record that is no valid CloudEvent. The reason does not quote it. */
export class NotACloudEvent extends Error {
  constructor(readonly reason: string) {
    super(reason)
  }
}

interface RecordContent {
  readonly value: Buffer | null
  readonly headers?: Readonly<Record<string, unknown>> | undefined
}

/** Reads a message of binary mode. @throws NotACloudEvent */
export function fromRecord({ value, headers = {} }: RecordContent): CloudEvent {
  if (headerOf(headers, 'ce_specversion') !== '1.0') throw new NotACloudEvent('not a CloudEvent 1.0 in binary mode')
  const [id, type, source] = (['ce_id', 'ce_type', 'ce_source'] as const).map((name) =>
    requiredHeader(headers, name),
  ) as [string, string, string]
  const time = Date.parse(headerOf(headers, 'ce_time') ?? '')
  if (Number.isNaN(time)) throw new NotACloudEvent('ce_time is not a time')
  const signature = headerOf(headers, SIGNATURE_HEADER)
  const traceparent = headerOf(headers, 'ce_traceparent')
  const traced = traceparent === undefined ? {} : { traceparent }
  const signed = signature === undefined || value === null ? {} : { signed: { signature, bytes: value } }
  return {
    id,
    type,
    source,
    subject: headerOf(headers, 'ce_subject') ?? '',
    time,
    data: parseJson(value),
    ...traced,
    ...signed,
  }
}

function requiredHeader(headers: Readonly<Record<string, unknown>>, name: string): string {
  const value = headerOf(headers, name)
  if (!value) throw new NotACloudEvent(`lacks ${name}`)
  return value
}

function headerOf(headers: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = headers[name]
  if (Buffer.isBuffer(value)) return value.toString('utf8')
  return typeof value === 'string' ? value : undefined
}

function parseJson(value: Buffer | null): unknown {
  try {
    return JSON.parse(value?.toString('utf8') ?? '')
  } catch {
    throw new NotACloudEvent('the value is not JSON')
  }
}

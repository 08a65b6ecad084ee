import type { CloudEvent } from '../language/cloud-event'
import { NotACloudEvent, fromRecord } from '../language/cloud-event'
import { validateIncoming, isKnownType } from '../language/validation'
import type { NewDeadLetter } from '../dead-letters'

/** A record as the client delivers it. */
export interface ReceivedRecord {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly offset: string
  readonly headers?: Readonly<Record<string, unknown>> | undefined
}

/** Which consumer received a record from where. */
export interface Origin {
  readonly consumer: string
  readonly topic: string
  readonly partition: number
}

export interface ReceivedEvent {
  readonly event: CloudEvent
  readonly record: ReceivedRecord
}

/** A part of a batch, parsed: events to consume, and records that cannot be parsed. */
export interface Chunk {
  readonly events: readonly ReceivedEvent[]
  readonly unreadable: readonly NewDeadLetter[]
  /** Records of types that this version does not know. */
  readonly unknown: number
}

export function readChunk(origin: Origin, records: readonly ReceivedRecord[]): Chunk {
  const events: ReceivedEvent[] = []
  const unreadable: NewDeadLetter[] = []
  let unknown = 0
  for (const record of records) {
    const parsed = parseEvent(record)
    if (parsed === undefined) unknown += 1
    else if (typeof parsed === 'string')
      unreadable.push(deadLetterOf(origin, record, `${origin.partition}/${record.offset}`, parsed))
    else events.push({ event: parsed, record })
  }
  return { events, unreadable, unknown }
}

/** The valid event, or the reason why the record is none; `undefined`: its type is unknown. */
function parseEvent(record: ReceivedRecord): CloudEvent | string | undefined {
  try {
    const event = fromRecord(record)
    return isKnownType(event.type) ? (validateIncoming(event.type, event.data) ?? event) : undefined
  } catch (error) {
    // Any other error here is caused by the content of the record, so a retry cannot help; throwing would stop the partition.
    return error instanceof NotACloudEvent ? error.reason : `cannot be read: ${classNameOf(error)}`
  }
}

export const deadLetterOf = (
  { consumer, topic }: Origin,
  { key, value, headers = {} }: ReceivedRecord,
  eventId: string,
  reason: string,
): NewDeadLetter => ({
  consumer,
  eventId,
  topic,
  key: key?.toString('utf8') ?? '',
  headers: Object.fromEntries(
    Object.entries(headers).flatMap(([name, text]) =>
      Buffer.isBuffer(text) || typeof text === 'string' ? [[name, text.toString()]] : [],
    ),
  ),
  value: value ?? Buffer.alloc(0),
  reason,
  exactRecord: { key, headers },
})

/** Only the class of an error is reported, since its text may quote the record. */
const classNameOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : 'unknown error')

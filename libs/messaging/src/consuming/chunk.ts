import type { CloudEvent } from '../language/cloud-event'
import { NotACloudEvent, fromRecord } from '../language/cloud-event'
import { validateIncoming, isKnownType } from '../language/validation'
import type { NewDeadLetter } from '../dead-letters'

/** A record as the client delivers it. */
export interface RawRecord {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly offset: string
  readonly headers?: Readonly<Record<string, unknown>> | undefined
}

export interface Origin {
  readonly consumer: string
  readonly topic: string
  readonly partition: number
}

export interface ReadEvent {
  readonly event: CloudEvent
  readonly raw: RawRecord
}

/** Events to consume, and records that are not readable. */
export interface Chunk {
  readonly events: readonly ReadEvent[]
  readonly unreadable: readonly NewDeadLetter[]
  /** Records of types that this version does not know. */
  readonly unknown: number
}

export function readChunk(origin: Origin, raws: readonly RawRecord[]): Chunk {
  const events: ReadEvent[] = []
  const unreadable: NewDeadLetter[] = []
  let unknown = 0
  for (const raw of raws) {
    const read = eventOf(raw)
    if (read === undefined) unknown += 1
    else if (typeof read === 'string') unreadable.push(letterOf(origin, raw, `${origin.partition}/${raw.offset}`, read))
    else events.push({ event: read, raw })
  }
  return { events, unreadable, unknown }
}

/** The event, or the reason why it is none; `undefined`: an unknown type. */
function eventOf(raw: RawRecord): CloudEvent | string | undefined {
  try {
    const event = fromRecord(raw)
    return isKnownType(event.type) ? (validateIncoming(event.type, event.data) ?? event) : undefined
  } catch (error) {
    // Any other error here is caused by the content of the record: a retry cannot help, and nothing may stop the partition.
    return error instanceof NotACloudEvent ? error.reason : `cannot be read: ${nameOf(error)}`
  }
}

export const letterOf = (
  { consumer, topic }: Origin,
  { key, value, headers = {} }: RawRecord,
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
  exact: { key, headers },
})

/** Only the class of an error: its text may quote the record. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : 'unknown error')

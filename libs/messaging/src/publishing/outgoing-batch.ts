import type { AfterSaleCase } from '#after-sale'
import type { FeedRow } from '#event-store'
import type { CloudEvent, KafkaRecord } from '../language/cloud-event'
import { toRecord } from '../language/cloud-event'
import { eventOf, snapshotEventOf } from '../language/outgoing-events'
import { saidByUs } from '../language/validation'
import type { TopicName } from '../topics'

/** A case as it is kept. */
export interface KeptCase {
  readonly id: string
  readonly org: number
  readonly state: AfterSaleCase
}

export interface Piece extends KafkaRecord {
  readonly topic: TopicName
}

/** What must not go out as it is, with the reason. It does not hold up the others, and it is not lost. */
export interface Refused {
  readonly event: CloudEvent
  readonly piece: Piece
  readonly reason: string
}

/** A batch of the feed, ready to be sent: parcels of what goes in one request, each small enough for a broker. */
export interface Consignment {
  readonly parcels: readonly (readonly Piece[])[]
  readonly refused: readonly Refused[]
}

/** Brokers take a megabyte at once unless told otherwise, headers and frames included. */
const PARCEL_BYTES = 512 * 1024
export const PIECE_BYTES = 900 * 1024

/** The events of the batch in their order, then each touched case as it stands now: a snapshot never is behind its events. */
export function consignmentOf(
  rows: readonly FeedRow[],
  cases: readonly KeptCase[],
  traceparents?: ReadonlyMap<string, string>,
): Consignment {
  const newest = new Map(rows.map(({ stream, recorded_at }) => [stream, recorded_at]))
  const parcels: Piece[][] = []
  const refused: Refused[] = []
  let bytes = Infinity
  const pack = (topic: TopicName, event: CloudEvent): void => {
    const piece = { topic, ...toRecord(event) }
    const reason = flawOf(event, piece)
    if (reason !== undefined) return void refused.push({ event, piece, reason })
    bytes += piece.value.length
    if (bytes > PARCEL_BYTES) {
      parcels.push([])
      bytes = piece.value.length
    }
    parcels.at(-1)?.push(piece)
  }
  for (const row of rows) pack('case-events', traced(eventOf(row), traceparents))
  for (const { id, org, state } of cases) pack('case-snapshots', snapshotEventOf(org, id, state, newest.get(id) ?? 0))
  return { parcels, refused }
}

const traced = (event: CloudEvent, traceparents?: ReadonlyMap<string, string>): CloudEvent => {
  const traceparent = traceparents?.get(event.id)
  return traceparent === undefined ? event : { ...event, traceparent }
}

const flawOf = ({ type, data }: CloudEvent, { value }: Piece): string | undefined =>
  value.length > PIECE_BYTES ? `larger than ${PIECE_BYTES} bytes` : saidByUs(type, data)

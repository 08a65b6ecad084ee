import type { AfterSaleCase } from '#after-sale'
import type { FeedRow } from '#event-store'
import type { CloudEvent, KafkaRecord } from '../language/cloud-event'
import { toRecord } from '../language/cloud-event'
import { feedEventOf, snapshotEventOf } from '../language/outgoing-events'
import { validateOutgoing } from '../language/validation'
import type { TopicName } from '../topics'

/** A case as it is stored. */
export interface CaseState {
  readonly id: string
  readonly org: number
  readonly state: AfterSaleCase
}

export interface OutgoingRecord extends KafkaRecord {
  readonly topic: TopicName
}

/** An event that must not be published, with the reason. It becomes a dead letter and does not hold up the others. */
export interface RejectedEvent {
  readonly event: CloudEvent
  readonly record: OutgoingRecord
  readonly reason: string
}

/** A batch of the feed, ready to be sent: requests that are small enough for a broker. */
export interface OutgoingBatch {
  readonly requests: readonly (readonly OutgoingRecord[])[]
  readonly rejected: readonly RejectedEvent[]
}

/**
 * By default brokers accept a megabyte in one request for one partition, headers and framing included. Requests are cut at half of
 * it; a single larger record is sent alone, up to a size that leaves room for its headers.
 */
const MAX_REQUEST_BYTES = 512 * 1024
export const MAX_RECORD_BYTES = 900 * 1024

/**
 * Builds a batch: the events in their order, then a snapshot of each case, so that a snapshot is never older than its events.
 * @param traceparents by event id, for events that are traced
 */
export function outgoingBatchOf(
  rows: readonly FeedRow[],
  cases: readonly CaseState[],
  traceparents?: ReadonlyMap<string, string>,
): OutgoingBatch {
  const newestTimes = new Map(rows.map(({ stream, recorded_at }) => [stream, recorded_at]))
  const requests: OutgoingRecord[][] = []
  const rejected: RejectedEvent[] = []
  let bytes = Infinity
  const addRecord = (topic: TopicName, event: CloudEvent): void => {
    const record = { topic, ...toRecord(event) }
    const reason = rejectionReason(event, record)
    if (reason !== undefined) return void rejected.push({ event, record, reason })
    bytes += record.value.length
    if (bytes > MAX_REQUEST_BYTES) {
      requests.push([])
      bytes = record.value.length
    }
    requests.at(-1)?.push(record)
  }
  for (const row of rows) addRecord('case-events', withTraceparent(feedEventOf(row), traceparents))
  for (const { id, org, state } of cases)
    addRecord('case-snapshots', snapshotEventOf(org, id, state, newestTimes.get(id) ?? 0))
  return { requests, rejected }
}

const withTraceparent = (event: CloudEvent, traceparents?: ReadonlyMap<string, string>): CloudEvent => {
  const traceparent = traceparents?.get(event.id)
  return traceparent === undefined ? event : { ...event, traceparent }
}

const rejectionReason = ({ type, data }: CloudEvent, { value }: OutgoingRecord): string | undefined =>
  value.length > MAX_RECORD_BYTES ? `larger than ${MAX_RECORD_BYTES} bytes` : validateOutgoing(type, data)

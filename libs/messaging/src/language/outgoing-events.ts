import type { AfterSaleCase } from '#after-sale'
import type { FeedRow } from '#event-store'
import { CASE_SNAPSHOT, snapshotOf } from './case-snapshot'
import type { CloudEvent } from './cloud-event'
import { eventIdOf, sourceOf } from './cloud-event'
import { redact } from './redact'

/** A row of the outgoing feed as an event, without personal data. */
export const feedEventOf = ({ org, stream, version, type, body, recorded_at: time }: FeedRow): CloudEvent => ({
  id: eventIdOf(stream, version, type),
  type,
  source: sourceOf(org),
  subject: stream,
  time,
  data: redact(body),
})

/** A snapshot of a case as an event, without personal data. `time`: that of the newest event published with it, UTC ms. */
export const snapshotEventOf = (org: number, stream: string, afterSale: AfterSaleCase, time: number): CloudEvent => ({
  id: eventIdOf(stream, afterSale.version, CASE_SNAPSHOT),
  type: CASE_SNAPSHOT,
  source: sourceOf(org),
  subject: stream,
  time,
  data: redact(snapshotOf(afterSale)),
})

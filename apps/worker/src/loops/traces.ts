import type { DataSource } from 'typeorm'
import type { NewMessage, ClaimedMessage, FeedRow } from '#event-store'
import { acceptMessages, digestOfNewMessage, readEventDigests, readMessageDigests } from '#event-store'
import type { BatchTrace } from '#messaging'
import { eventIdOf } from '#messaging'
import type { OpenSpan, TimeSpan, Tracing } from '#runtime'

/** Stores the messages that the worker pulled, read or received itself, and begins their traces. */
export const acceptWithTraces =
  (database: DataSource, tracing: Tracing | undefined) =>
  async (items: readonly NewMessage[]): Promise<void> => {
    const from = Date.now()
    await acceptMessages(database, items)
    tracing?.recordAccepted('worker.accept', items.map(digestOfNewMessage), { from, to: Date.now() })
  }

/** Adds the step *received* to the traces of messages. Their marks are asked for beside the work, and only here. */
export const receiveTracer = (
  database: DataSource,
  tracing: Tracing | undefined,
): ((messages: readonly ClaimedMessage[], took: TimeSpan) => void) | undefined =>
  tracing === undefined
    ? undefined
    : (messages, took) => {
        readMessageDigests(
          database,
          messages.map(({ id }) => id),
        ).then(
          (marks) => tracing.recordReceived('worker.receive', marks, took),
          // A missing step in a trace must never disturb the work.
          () => undefined,
        )
      }

const NO_TRACE: BatchTrace = { traceparents: new Map(), end: () => undefined }

/** Adds events to the traces of the messages that caused them. */
export const publishTracer = (
  database: DataSource,
  tracing: Tracing | undefined,
): ((rows: readonly FeedRow[]) => Promise<BatchTrace>) | undefined =>
  tracing === undefined ? undefined : (rows) => beginSpans(database, tracing, rows).catch(() => NO_TRACE)

async function beginSpans(database: DataSource, tracing: Tracing, rows: readonly FeedRow[]): Promise<BatchTrace> {
  const marks = new Map(
    (await readEventDigests(database, rows)).map((mark) => [`${mark.stream}/${mark.version}`, mark]),
  )
  const openSpans = new Map<string, OpenSpan>()
  for (const { stream, version, type } of rows) {
    const mark = marks.get(`${stream}/${version}`)
    if (mark !== undefined)
      openSpans.set(
        eventIdOf(stream, version, type),
        tracing.beginSpan('publish', mark, 'receive', { 'messaging.system': 'kafka', 'cloudevents.event_type': type }),
      )
  }
  return {
    traceparents: new Map([...openSpans].map(([id, { traceparent }]) => [id, traceparent])),
    end: (ok) => openSpans.forEach((span) => span.end(ok)),
  }
}

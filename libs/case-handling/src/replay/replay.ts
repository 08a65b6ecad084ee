import type { DataSource } from 'typeorm'
import type { AfterSaleCase, CaseEvent, Command, TermsOfTrade } from '#after-sale'
import { DEFAULT_TERMS, FOLD_VERSION, decide, fold } from '#after-sale'
import type { Change, Projection, RecordRange, RecordedEvent, RecordedStream, MessageWithoutEvents } from '#event-store'
import { readMessagesById, readMessagesWithoutEvents, readRecordedStreams, readStreamStates } from '#event-store'
import type { MessageInterpreter, InterpretedMessage } from '../receiving/interpret-messages'
import type { ReplayDifference } from './differences'
import type { ReplayChecksum } from './replay-checksums'
import { ReplayChecksums } from './replay-checksums'
import type { InForceAt, ReplayedCase } from './replay-case'
import { isDeadline, replayCase } from './replay-case'

/** A second database in which the read models are recomputed, and how to compare their rows with the recorded ones. */
export interface ScratchDatabase {
  readonly database: DataSource
  readonly projections: readonly Projection<AfterSaleCase>[]
  /** By read model: SQL for the sorted rows `{id, row}` of the cases `$1::uuid[]`. */
  readonly comparableRows: Readonly<Record<string, string>>
  /** By read model: SQL that returns the totals that differ from the sums of its rows. */
  readonly wrongTotals: Readonly<Record<string, string>>
}

/** What a replay works with. */
export interface ReplayParts {
  /** The database with the record; it is only read. */
  readonly record: DataSource
  readonly interpreter: MessageInterpreter
  readonly scratch?: ScratchDatabase
  readonly terms?: TermsOfTrade
  readonly inForceAt?: InForceAt
  /** How many differing fields are kept for the report. */
  readonly mostDifferences?: number
}

export interface ReplayReport {
  readonly messages: number
  readonly cases: number
  readonly checksums: readonly ReplayChecksum[]
  /** Cases and messages that differ from the record. */
  readonly differing: readonly string[]
  readonly differences: readonly ReplayDifference[]
}

/**
 * Checks that the raw messages and the current code give the same events, cases, deadlines, verdicts and outgoing rows,
 * byte for byte. Every case that a message of the range touched is recomputed completely,
 * except those whose buyer was erased. The order and transactions of
 * the messages of one case, and the time, are taken from the record. A message that changed nothing then is replayed at
 * the end and must change nothing there either: an outdated message stays outdated. How cases were batched with each
 * other makes no difference.
 */
export async function replay(parts: ReplayParts, range: RecordRange): Promise<ReplayReport> {
  const { record, interpreter, terms = DEFAULT_TERMS, mostDifferences = 1_000 } = parts
  const checksums = new ReplayChecksums(mostDifferences)
  const counts = { messages: 0, cases: 0 }
  for await (const recorded of readRecordedStreams(record, range)) {
    const streams = recorded.filter(({ events }) => !events.includes(ERASED_EVENT))
    const histories = streams.map(({ events }) => JSON.parse(events) as RecordedEvent[])
    const ids = new Set(histories.flatMap((events) => events.flatMap(([, , id]) => (id === null ? [] : [id]))))
    const interpreted = new Map<number, InterpretedMessage>()
    for (const message of await interpreter.interpret(await readMessagesById(record, [...ids])))
      interpreted.set(message.id, message)
    const changes: Change<AfterSaleCase>[] = []
    for (const [index, stream] of streams.entries()) {
      const events = histories[index] ?? []
      const context = { terms, ...(parts.inForceAt === undefined ? {} : { inForceAt: parts.inForceAt }) }
      const replayed = replayCase(stream, events, interpreted, context)
      compareCase(checksums, stream, events, replayed)
      if (replayed.afterSale !== undefined)
        changes.push({
          id: stream.id,
          org: stream.org,
          store: stream.store,
          before: undefined,
          after: replayed.afterSale,
          // When the newest event was recorded. A case without events is only in a seeded database.
          at: events.at(-1)?.[4] ?? 0,
        })
    }
    counts.messages += ids.size
    counts.cases += streams.length
    if (parts.scratch !== undefined) await compareReadModels(checksums, record, parts.scratch, changes)
  }
  if (parts.scratch !== undefined) await compareTotals(checksums, record, parts.scratch)
  for await (const messages of readMessagesWithoutEvents(record, range)) {
    counts.messages += messages.length
    await compareMessagesWithoutEvents(checksums, record, messages, await interpreter.interpret(messages), terms)
  }
  return {
    ...counts,
    checksums: checksums.all(),
    differing: [...checksums.differing].sort(),
    differences: checksums.differences,
  }
}

/** As an event begins in the record. The messages of such a case are erased, so nothing can be computed from them. */
const ERASED_EVENT = '["BuyerErased",'

function compareCase(
  checksums: ReplayChecksums,
  stream: RecordedStream,
  recorded: readonly RecordedEvent[],
  replayed: ReplayedCase,
): void {
  const { id } = stream
  const events = replayed.events.map((e) => [e.type, e.version, e.message_id, e.occurred_at, e.recorded_at, e.body])
  checksums.add(
    'events',
    id,
    recorded.map((event) => event.slice(0, 6)),
    events,
    recorded.length,
  )
  // A row of an older fold version may differ from the current fold of the same events, so it is folded again.
  const state = stream.fold === FOLD_VERSION ? stream.state : JSON.stringify(foldRecordedEvents(recorded))
  checksums.addTexts('cases', id, state, JSON.stringify(replayed.afterSale) ?? '')
  const timers = (JSON.parse(stream.timers) as [string, number][])
    .filter(([kind]) => isDeadline(kind))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  checksums.add('deadlines', id, timers, replayed.deadlines, timers.length)
  const published = replayed.outgoing.map((o) => [o.version, o.type, o.recorded_at, o.body])
  checksums.addTexts('outgoing', id, stream.outgoing, JSON.stringify(published), published.length)
  for (const [intent, verdict] of Object.entries(replayed.verdicts)) {
    const intended = recorded.find(
      ([type, , , , , body]) => type === 'ActionIntended' && (body as { intent?: string }).intent === intent,
    )
    checksums.add('verdicts', id, (intended?.[5] as { verdict?: unknown } | undefined)?.verdict, verdict)
  }
}

const foldRecordedEvents = (events: readonly RecordedEvent[]): AfterSaleCase | undefined =>
  fold(events.map(([type, , , , , body]) => ({ type, ...body }) as CaseEvent))

interface ComparableRow {
  readonly id: string
  readonly row: unknown
}

async function compareReadModels(
  checksums: ReplayChecksums,
  record: DataSource,
  { database, projections, comparableRows }: ScratchDatabase,
  changes: readonly Change<AfterSaleCase>[],
): Promise<void> {
  const ids = changes.map(({ id }) => id)
  await database.transaction(async (manager) => {
    for (const projection of projections) await projection.apply(manager, changes)
  })
  for (const [name, sql] of Object.entries(comparableRows)) {
    const [recordedRows, replayedRows] = await Promise.all([
      record.query<ComparableRow[]>(sql, [ids]),
      database.query<ComparableRow[]>(sql, [ids]),
    ])
    const recorded = rowsById(recordedRows)
    const replayed = rowsById(replayedRows)
    for (const id of ids)
      checksums.add(name, id, recorded.get(id) ?? [], replayed.get(id) ?? [], recorded.get(id)?.length ?? 0)
  }
}

/** Totals cover all cases, not only the replayed ones, so they are compared with the sums of their own rows. */
async function compareTotals(
  checksums: ReplayChecksums,
  record: DataSource,
  { database, wrongTotals }: ScratchDatabase,
): Promise<void> {
  for (const [name, sql] of Object.entries(wrongTotals)) {
    const [recordedRows, replayedRows] = await Promise.all([
      record.query<unknown[]>(sql),
      database.query<unknown[]>(sql),
    ])
    checksums.add(`${name} totals`, name, recordedRows, replayedRows, recordedRows.length)
  }
}

function rowsById(rows: readonly ComparableRow[]): Map<string, unknown[]> {
  const byId = new Map<string, unknown[]>()
  for (const { id, row } of rows) byId.set(id, [...(byId.get(id) ?? []), row])
  return byId
}

/** A message that changed nothing must change nothing now; a quarantined one must be quarantined for the same reason. */
async function compareMessagesWithoutEvents(
  checksums: ReplayChecksums,
  record: DataSource,
  messages: readonly MessageWithoutEvents[],
  interpreted: readonly InterpretedMessage[],
  terms: TermsOfTrade,
): Promise<void> {
  const observed = interpreted.flatMap((message) => (message.type === 'observed' ? [message.caseCommand] : []))
  const rows = await readStreamStates<AfterSaleCase>(
    record,
    observed.map(({ id }) => id),
  )
  const states = new Map(rows.map(({ id, state }) => [id, state]))
  const countEvents = (id: string, command: Command): number => {
    const decision = decide(states.get(id), command, terms)
    return decision.type === 'decided' ? decision.events.length : 0
  }
  for (const [index, message] of interpreted.entries()) {
    const recorded = { events: 0, aside: messages[index]?.quarantined ?? null }
    const events =
      message.type === 'observed' && recorded.aside === null
        ? countEvents(message.caseCommand.id, message.caseCommand.command)
        : 0
    const replayed = {
      events,
      aside:
        message.type === 'quarantined' ? message.reason : dependedOnPastState(recorded.aside) ? recorded.aside : null,
    }
    checksums.add('messages without events', `message ${message.id}`, recorded, replayed)
  }
}

/** Whether the reason depended on the database of that time, so that a replay cannot find it again. */
const dependedOnPastState = (reason: string | null): boolean => reason === 'failed' || reason === 'not-accepted'

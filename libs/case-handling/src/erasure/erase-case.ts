import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, CaseEvent, ErasureReason } from '#after-sale'
import { FOLD_VERSION, decide, evolve, fold, isFinal, isOpen } from '#after-sale'
import type { Change, StreamEvent, StreamRow } from '#event-store'
import { readStreamEvents, storableJson } from '#event-store'
import type { BuyerOpening } from '../ports'
import { sealingTroubleOf } from '../ports'
import { eventRowOf } from '../writing/case-writer'
import { buyersIn, redact, valuesToRedact } from './redact'

export interface ErasureOrder {
  readonly why: ErasureReason
  readonly by?: string
  readonly withOpen: boolean
}

/** A case without its buyer: how it changes, and the event that tells of it. */
export interface ErasedCase {
  readonly change: Change<AfterSaleCase>
  readonly event: StreamEvent
}

/** Why a case is not erased now; it is tried again later. */
export type ErasureObstacle = 'open' | 'action-under-way'

/** An action that is not settled needs its order and its buyer; an open case is erased only where a person confirmed it. */
export function obstacleTo(afterSale: AfterSaleCase, withOpen: boolean): ErasureObstacle | undefined {
  if (afterSale.intents?.some(isOpen) === true) return 'action-under-way'
  return isFinal(afterSale) || withOpen ? undefined : 'open'
}

/**
 * Removes the buyer from the recorded events of locked cases, and answers what is to be written of the cases themselves; without
 * those that have an obstacle. Versions, types, times and amounts of events stay, so everything that is counted stays.
 */
export async function eraseFromCases(
  manager: EntityManager,
  rows: readonly StreamRow<AfterSaleCase>[],
  order: ErasureOrder,
  { opening, now }: { readonly opening: BuyerOpening; readonly now: number },
): Promise<ErasedCase[]> {
  const records: CaseRecord[] = []
  for (const row of rows) {
    const record = recordOf(row, await readStreamEvents(manager, row.id), opening)
    if (record !== undefined && obstacleTo(record.before, order.withOpen) === undefined) records.push(record)
  }
  const published = await readPublished(
    manager,
    records.filter(({ isNamed }) => isNamed).map(({ row }) => row.id),
  )
  const erased: ErasedCase[] = []
  for (const record of records) {
    await rewriteRecord(manager, record, published.get(record.row.id) ?? [])
    const one = erasedCase(record, order, now)
    if (one !== undefined) erased.push(one)
  }
  return erased
}

/** What is recorded of a case that is to be erased. */
interface CaseRecord {
  readonly row: StreamRow<AfterSaleCase>
  readonly before: AfterSaleCase
  readonly events: readonly StreamEvent[]
  /** What is removed from texts. */
  readonly values: readonly string[]
  /** Whether a text of an event names the buyer, so that what was copied from events may, too. */
  readonly isNamed: boolean
}

function recordOf(
  row: StreamRow<AfterSaleCase>,
  events: readonly StreamEvent[],
  opening: BuyerOpening,
): CaseRecord | undefined {
  const before =
    row.fold === FOLD_VERSION
      ? row.state
      : fold(events.map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))
  if (before === undefined) return undefined
  const clear = [before, ...events.map(({ body }) => body)]
    .flatMap(buyersIn)
    .flatMap((buyer) => openOrNothing(opening, row.org, row.id, buyer))
  const values = valuesToRedact(clear)
  const isNamed = events.some(({ body }) => JSON.stringify(redact(body, values)) !== JSON.stringify(redact(body, [])))
  return { row, before, events, values, isNamed }
}

function erasedCase(
  { row: { id, org, store }, before, values }: CaseRecord,
  { why, by }: ErasureOrder,
  now: number,
): ErasedCase | undefined {
  const redacted = redact(before, values) as AfterSaleCase
  const command = { type: 'EraseBuyer', why, now, ...(by === undefined ? {} : { by }) } as const
  const decision = decide(redacted, command)
  const [erased] = decision.type === 'decided' ? decision.events : []
  const after = erased === undefined ? undefined : evolve(redacted, erased)
  if (erased === undefined || after === undefined) return undefined
  return {
    change: { id, org, store, before, after, at: now },
    event: eventRowOf({ id, org, store, messageId: null, command }, erased, after.version, now),
  }
}

/** A buyer that no key opens any more hides nothing that could be removed from texts. */
function openOrNothing(
  opening: BuyerOpening,
  ...of: Parameters<BuyerOpening['openBuyer']>
): ReturnType<BuyerOpening['openBuyer']>[] {
  try {
    return [opening.openBuyer(...of)]
  } catch (error) {
    if (sealingTroubleOf(error) === undefined) throw error
    return []
  }
}

interface PublishedRow {
  readonly stream: string
  readonly tx: string
  readonly position: number
  readonly body: unknown
}

/**
 * Rows to be published have no index by case, so they are scanned: once for all cases, only where a text names a buyer, which is
 * rare, and without the limit of time that other statements have.
 */
async function readPublished(
  manager: EntityManager,
  streams: readonly string[],
): Promise<ReadonlyMap<string, readonly PublishedRow[]>> {
  if (streams.length === 0) return new Map()
  await manager.query('SET LOCAL statement_timeout = 0')
  const rows = await manager.query<PublishedRow[]>(
    'SELECT stream, tx::text AS tx, position, body FROM outgoing WHERE stream = ANY($1::uuid[])',
    [streams],
  )
  await manager.query('SET LOCAL statement_timeout TO DEFAULT')
  return new Map(streams.map((stream) => [stream, rows.filter((row) => row.stream === stream)]))
}

/**
 * Rewrites what was recorded of the case, and what was copied from it into rows to be published and into verdicts of strategies
 * on trial. No process may change events; the function may, for a case that is to be erased.
 */
async function rewriteRecord(
  manager: EntityManager,
  { row: { id }, events, values, isNamed }: CaseRecord,
  published: readonly PublishedRow[],
): Promise<void> {
  const changed = events.flatMap(({ version, body }) => {
    const text = JSON.stringify(redact(body, values))
    return text === JSON.stringify(body) ? [] : [{ version, text }]
  })
  await manager.query('SELECT rewrite_erased_case($1, $2::int[], $3::text[], $4::xid8[], $5::bigint[], $6::text[])', [
    id,
    changed.map(({ version }) => version),
    changed.map(({ text }) => text),
    published.map(({ tx }) => tx),
    published.map(({ position }) => position),
    published.map(({ body }) => JSON.stringify(redact(body, values))),
  ])
  if (isNamed) await rewriteVerdicts(manager, id, values)
}

async function rewriteVerdicts(manager: EntityManager, id: string, values: readonly string[]): Promise<void> {
  const rows = await manager.query<{ key: string; verdict: unknown }[]>(
    'SELECT ctid::text AS key, verdict FROM shadow WHERE stream = $1 FOR UPDATE',
    [id],
  )
  await manager.query(
    'UPDATE shadow t SET verdict = v.verdict::json FROM unnest($1::tid[], $2::text[]) AS v(key, verdict) WHERE t.ctid = v.key',
    [rows.map(({ key }) => key), rows.map(({ verdict }) => storableJson(redact(verdict, values)))],
  )
}

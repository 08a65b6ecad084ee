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
 * Removes the buyer from the recorded events of a locked case, and answers what is to be written of the case itself.
 * `undefined`: there is an obstacle. Versions, types, times and amounts of events stay, so everything that is counted stays.
 */
export async function eraseFromCase(
  manager: EntityManager,
  row: StreamRow<AfterSaleCase>,
  order: ErasureOrder,
  { opening, now }: { readonly opening: BuyerOpening; readonly now: number },
): Promise<ErasedCase | undefined> {
  const { id, org, store } = row
  const events = await readStreamEvents(manager, id)
  const before =
    row.fold === FOLD_VERSION
      ? row.state
      : fold(events.map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))
  if (before === undefined || obstacleTo(before, order.withOpen) !== undefined) return undefined
  const clear = [before, ...events.map(({ body }) => body)]
    .flatMap(buyersIn)
    .flatMap((buyer) => openOrNothing(opening, org, id, buyer))
  const values = valuesToRedact(clear)
  await rewriteRecord(manager, id, events, values)
  const redacted = redact(before, values) as AfterSaleCase
  const command = {
    type: 'EraseBuyer',
    why: order.why,
    now,
    ...(order.by === undefined ? {} : { by: order.by }),
  } as const
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

/**
 * Rewrites what was recorded of the case, and what was copied from it into rows to be published and into verdicts of strategies
 * on trial. No process may change events; the function may, for a case that is to be erased.
 */
async function rewriteRecord(
  manager: EntityManager,
  id: string,
  events: readonly StreamEvent[],
  values: readonly string[],
): Promise<void> {
  const changed = events.flatMap(({ version, body }) => {
    const text = JSON.stringify(redact(body, values))
    return text === JSON.stringify(body) ? [] : [{ version, text }]
  })
  const isNamed = events.some(({ body }) => JSON.stringify(redact(body, values)) !== JSON.stringify(redact(body, [])))
  // Rows to be published have no index by case. Few buyers are named in a text, so only then they are looked for.
  if (isNamed) await manager.query('SET LOCAL statement_timeout = 0')
  const published = isNamed ? await manager.query<PublishedRow[]>(PUBLISHED, [id]) : []
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

interface PublishedRow {
  readonly tx: string
  readonly position: number
  readonly body: unknown
}

const PUBLISHED = 'SELECT tx::text AS tx, position, body FROM outgoing WHERE stream = $1'

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

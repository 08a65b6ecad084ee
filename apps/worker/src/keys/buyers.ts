import type { EntityManager } from 'typeorm'
import type { SealedBuyer, Vault } from '#access'
import { openBuyer, placeOf, sealBuyer } from '#access'
import type { ResealedValue, SealedValue, ResealTarget } from './targets'

interface StreamRow {
  readonly id: string
  readonly org: number
  readonly state: object
}

interface EventRow {
  readonly stream: string
  readonly version: number
  readonly body: object
}

const streamsSql = (from: string, lock: string): string =>
  `SELECT id, org, state FROM stream ${from} ORDER BY id LIMIT $1 ${lock}`
const EVENTS_WITH_BUYERS = `SELECT stream, version, body FROM event WHERE stream = ANY($1::uuid[]) AND body::text LIKE '%"sealed":%'`

/**
 * The sealed buyers of cases. The same value is in the events of a case and in its folded state, and the search hashes are
 * computed from it, so all of them are replaced in one transaction under the lock of the case. Nothing else of the case changes.
 */
export const buyerTarget: ResealTarget = {
  name: 'stream.buyer',
  batch: 50,
  async next(manager, after, limit, lock) {
    const streams = await manager.query<StreamRow[]>(
      streamsSql(after === null ? '' : 'WHERE id > $2::uuid', lock ? 'FOR UPDATE' : ''),
      [limit, ...(after ?? [])],
    )
    const orgs = new Map(streams.map(({ id, org }) => [id, org]))
    const events = streams.length === 0 ? [] : await manager.query<EventRow[]>(EVENTS_WITH_BUYERS, [[...orgs.keys()]])
    const foundValues = new Map<string, SealedValue>()
    const collect = (stream: string, document: object): void =>
      forEachBuyer(document, ({ sealed }) => {
        const value = Buffer.from(sealed, 'base64')
        foundValues.set(buyerKey(stream, sealed), {
          key: [stream],
          place: placeOf.buyer(orgs.get(stream) ?? 0, stream),
          sealed: value,
        })
      })
    for (const { id, state } of streams) collect(id, state)
    for (const { stream, body } of events) collect(stream, body)
    const last = streams.at(-1)
    return {
      values: [...foundValues.values()],
      rows: streams.length,
      after: streams.length < limit || last === undefined ? null : [last.id],
    }
  },
  async write(manager, values, vault) {
    const fresh = resealBuyers(values, vault)
    const ids = [...new Set(values.map(({ key: [stream] }) => String(stream)))]
    await writeEvents(manager, ids, fresh)
    const streams = await manager.query<StreamRow[]>('SELECT id, org, state FROM stream WHERE id = ANY($1::uuid[])', [
      ids,
    ])
    for (const { id, state } of streams) {
      const changed = replaceBuyers(state, id, fresh)
      await manager.query('UPDATE stream SET state = $2::json WHERE id = $1', [id, JSON.stringify(changed)])
      const { buyer } = changed as { readonly buyer?: SealedBuyer }
      await manager.query(
        'UPDATE case_search SET name_hash = $2, phone_hash = $3, phone_tail_hash = $4 WHERE case_id = $1',
        [id, buyer?.nameHash ?? null, buyer?.phoneHash ?? null, buyer?.phoneTailHash ?? null],
      )
    }
  },
}

/** The buyer sealed and hashed with the current key, by `buyerKey` of the earlier value. */
type ResealedBuyers = ReadonlyMap<string, SealedBuyer>

/** Includes the case: in the first format a buyer has the same bytes in all cases. */
const buyerKey = (stream: string, sealed: string): string => `${stream} ${sealed}`

function resealBuyers(values: readonly ResealedValue[], vault: Vault): ResealedBuyers {
  return new Map(
    values.map(({ place: { org, row }, sealed }) => {
      const text = sealed.toString('base64')
      return [buyerKey(row, text), sealBuyer(vault, org, row, openBuyer(vault, org, row, { sealed: text }))]
    }),
  )
}

/**
 * Updates all events of these cases, also those without a buyer: a replay recognises events that were decided together by the
 * transaction id of their rows, so either all rows get a new one or none does.
 */
async function writeEvents(manager: EntityManager, ids: readonly string[], fresh: ResealedBuyers): Promise<void> {
  const events = await manager.query<EventRow[]>(EVENTS_WITH_BUYERS, [ids])
  await manager.query(
    `UPDATE event e SET body = coalesce((
       SELECT v.body::json FROM unnest($2::uuid[], $3::int[], $4::text[]) AS v(stream, version, body)
       WHERE v.stream = e.stream AND v.version = e.version
     ), e.body) WHERE e.stream = ANY($1::uuid[])`,
    [
      ids,
      events.map(({ stream }) => stream),
      events.map(({ version }) => version),
      events.map(({ stream, body }) => JSON.stringify(replaceBuyers(body, stream, fresh))),
    ],
  )
}

/** Of an erased buyer the sealed value is empty. */
const isBuyer = (value: object): value is SealedBuyer => {
  const { sealed } = value as { sealed?: unknown }
  return typeof sealed === 'string' && sealed !== ''
}

function forEachBuyer(document: unknown, collect: (buyer: SealedBuyer) => void): void {
  if (typeof document !== 'object' || document === null) return
  if (isBuyer(document)) collect(document)
  else for (const part of Object.values(document)) forEachBuyer(part, collect)
}

/** The document with its buyers replaced, and nothing else: the order of its fields stays. */
function replaceBuyers(document: unknown, stream: string, fresh: ResealedBuyers): unknown {
  if (typeof document !== 'object' || document === null) return document
  if (isBuyer(document)) return fresh.get(buyerKey(stream, document.sealed)) ?? document
  if (Array.isArray(document)) return document.map((part) => replaceBuyers(part, stream, fresh))
  return Object.fromEntries(Object.entries(document).map(([name, part]) => [name, replaceBuyers(part, stream, fresh)]))
}

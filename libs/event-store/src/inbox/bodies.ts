import type { EntityManager } from 'typeorm'
import type { ClaimedMessage } from './inbox'

/** Replaces the bodies of stored messages. */
export async function overwriteBodies(
  manager: EntityManager,
  messages: readonly { readonly id: number; readonly raw: Buffer }[],
): Promise<void> {
  if (messages.length === 0) return
  await manager.query(
    `UPDATE message m SET raw = v.raw FROM unnest($1::bigint[], $2::bytea[]) AS v(id, raw) WHERE m.id = v.id`,
    [messages.map(({ id }) => id), messages.map(({ raw }) => raw)],
  )
}

/** The number of the newest message. */
export const newestMessage = async (manager: Pick<EntityManager, 'query'>): Promise<number> =>
  (await manager.query<{ id: number | null }[]>('SELECT max(id) AS id FROM message'))[0]?.id ?? 0

/**
 * Messages of an organisation after one and up to another, in the order of their numbers. `waiting`: it is still to be
 * processed.
 */
export const readMessagesBetween = (
  manager: Pick<EntityManager, 'query'>,
  { org, after, until, limit }: { org: number; after: number; until: number; limit: number },
): Promise<(ClaimedMessage & { readonly waiting: boolean })[]> =>
  manager.query(
    `SELECT id, org, app, store, channel, digest, received_at AS "receivedAt", raw, 0 AS attempts,
       EXISTS (SELECT FROM pending p WHERE p.message_id = m.id) AS waiting
     FROM message m WHERE id > $2 AND id <= $3 AND org = $1 ORDER BY id LIMIT $4`,
    [org, after, until, limit],
  )

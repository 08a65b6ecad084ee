import type { DataSource } from 'typeorm'
import type { NewMessage } from './inbox'
import { hashMessageKey } from './inbox'

/** Identifies a message permanently, in hex: see `hashMessageKey`. */
export interface MessageDigest {
  readonly app: number
  readonly digest: string
}

export const digestOfNewMessage = ({ app, channel, key }: NewMessage): MessageDigest => ({
  app,
  digest: hashMessageKey(channel, key).toString('hex'),
})

/** The digests of messages, to trace them. Read without a lock. */
export const readMessageDigests = (
  database: DataSource,
  ids: readonly number[],
): Promise<(MessageDigest & { readonly id: number })[]> =>
  database.query(`SELECT id, app, encode(digest, 'hex') AS digest FROM message WHERE id = ANY($1::bigint[])`, [ids])

/** The digests of the messages that caused these events; events without a message have none. */
export const readEventDigests = (
  database: DataSource,
  events: readonly { readonly stream: string; readonly version: number }[],
): Promise<(MessageDigest & { readonly stream: string; readonly version: number })[]> =>
  database.query(
    `SELECT e.stream, e.version, m.app, encode(m.digest, 'hex') AS digest
     FROM unnest($1::uuid[], $2::int[]) AS w(stream, version)
     JOIN event e ON e.stream = w.stream AND e.version = w.version JOIN message m ON m.id = e.message_id`,
    [events.map(({ stream }) => stream), events.map(({ version }) => version)],
  )

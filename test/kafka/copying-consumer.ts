import type { DataSource } from 'typeorm'
import type { Brokers } from '#messaging'
import { EventConsumer } from '#messaging'

/** `copied`: what was consumed. `stumbling`: ids of events whose consumption fails while they are listed. */
export const COPY_TABLES = [
  'CREATE TABLE IF NOT EXISTS copied (n bigint GENERATED ALWAYS AS IDENTITY, key text NOT NULL, id text NOT NULL)',
  'CREATE TABLE IF NOT EXISTS stumbling (id text PRIMARY KEY)',
]

/** A consumer that inserts a row for every event. No unique key: an event that is consumed twice has two rows. */
export const copyingConsumer = (database: DataSource, brokers: Brokers): EventConsumer =>
  new EventConsumer({
    database,
    brokers,
    name: `${brokers.prefix}copyist`,
    topics: ['case-events'],
    batch: 10,
    async consume(manager, events) {
      const ids = events.map(({ id }) => id)
      if ((await manager.query<unknown[]>('SELECT FROM stumbling WHERE id = ANY($1)', [ids])).length > 0)
        throw new Error('stumbled')
      await manager.query('INSERT INTO copied (key, id) SELECT * FROM unnest($1::text[], $2::text[])', [
        events.map(({ subject }) => subject),
        ids,
      ])
    },
  })

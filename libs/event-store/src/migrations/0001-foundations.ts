import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The tables of the store. Instants are bigint milliseconds UTC. Every row carries its organisation. States and bodies are
 * `json`, not `jsonb`: they are written whole and read whole, and taking them apart on the way costs a fifth of the write.
 *
 * - `message`   what marketplaces sent, byte for byte (sealed), permanently; `digest` makes a repetition harmless
 * - `pending`   which messages are still to be understood; small, so that the big table is never updated
 * - `stream`    one row a case: its folded state, so that a batch loads with one query
 * - `event`     what happened, append only
 * - `outgoing`  what is published, readable in commit order by (tx, position)
 * - `timer`     when a case must be rejudged
 * - `reading`   which cases must be read at their marketplace
 * - `quarantine` messages that could not be understood, with the reason
 * - `pull_window`, `pull_cursor`  the proof that nothing was missed
 * - `lease`     which process does work that only one may do, with a fencing token
 *
 * Rows of `pending`, `reading` and `timer` live for seconds, so these tables are vacuumed after a number of dead rows that does
 * not grow with them. `fillfactor` leaves room for the next version of a row in the page of a stream; one that changes an indexed
 * column (since migration 0230 most do) is entered in every index all the same. Sealed bytes do not compress: `STORAGE EXTERNAL`
 * saves the attempt.
 */
export class Foundations1700000000001 implements MigrationInterface {
  name = 'Foundations1700000000001'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE message (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     app int NOT NULL,
     store int,
     channel text NOT NULL,
     digest bytea NOT NULL,
     received_at bigint NOT NULL,
     raw bytea NOT NULL
   )`,
  `ALTER TABLE message ALTER COLUMN raw SET STORAGE EXTERNAL`,
  `CREATE UNIQUE INDEX message_once ON message (app, digest)`,
  `CREATE TABLE pending (
     message_id bigint PRIMARY KEY,
     org int NOT NULL,
     attempts int NOT NULL DEFAULT 0,
     not_before bigint NOT NULL DEFAULT 0
   ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0)`,
  `CREATE TABLE stream (
     id uuid PRIMARY KEY,
     org int NOT NULL,
     store int NOT NULL,
     version int NOT NULL,
     fold smallint NOT NULL,
     revision bigint NOT NULL,
     state json NOT NULL
   ) WITH (fillfactor = 80)`,
  `CREATE INDEX stream_by_revision ON stream (store, revision)`,
  `CREATE TABLE event (
     stream uuid NOT NULL,
     version int NOT NULL,
     org int NOT NULL,
     type text NOT NULL,
     body json NOT NULL,
     message_id bigint,
     occurred_at bigint NOT NULL,
     recorded_at bigint NOT NULL,
     PRIMARY KEY (stream, version)
   )`,
  `CREATE TABLE outgoing (
     tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
     position bigint GENERATED ALWAYS AS IDENTITY,
     org int NOT NULL,
     stream uuid NOT NULL,
     version int NOT NULL,
     type text NOT NULL,
     body json NOT NULL,
     recorded_at bigint NOT NULL,
     PRIMARY KEY (tx, position)
   )`,
  `CREATE TABLE timer (
     stream uuid NOT NULL,
     kind text NOT NULL,
     org int NOT NULL,
     due_at bigint NOT NULL,
     PRIMARY KEY (stream, kind)
   ) WITH (autovacuum_vacuum_scale_factor = 0.02)`,
  `CREATE INDEX timer_due ON timer (due_at)`,
  `CREATE TABLE reading (
     stream uuid PRIMARY KEY,
     org int NOT NULL,
     store int NOT NULL,
     case_number text NOT NULL,
     order_number text,
     why text NOT NULL,
     asked_at bigint NOT NULL,
     asked_times int NOT NULL DEFAULT 1,
     not_before bigint NOT NULL DEFAULT 0,
     attempts int NOT NULL DEFAULT 0
   ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`,
  `CREATE INDEX reading_due ON reading (not_before)`,
  `CREATE TABLE quarantine (
     message_id bigint PRIMARY KEY,
     org int NOT NULL,
     reason text NOT NULL,
     detail text NOT NULL,
     attempts int NOT NULL DEFAULT 1,
     at bigint NOT NULL
   )`,
  `CREATE INDEX quarantine_by_org ON quarantine (org, message_id)`,
  `CREATE TABLE pull_window (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     store int NOT NULL,
     from_at bigint NOT NULL,
     to_at bigint NOT NULL,
     pages int NOT NULL,
     claimed int NOT NULL,
     seen int NOT NULL,
     missing int NOT NULL,
     late int NOT NULL,
     extra int NOT NULL,
     finished_at bigint NOT NULL
   )`,
  `CREATE INDEX pull_window_by_store ON pull_window (store, to_at)`,
  `CREATE TABLE pull_cursor (
     store int PRIMARY KEY,
     org int NOT NULL,
     opened_at bigint NOT NULL,
     proven_until bigint NOT NULL,
     pulled_at bigint,
     pushed_at bigint,
     trouble text
   )`,
  `CREATE TABLE connection (
     app int PRIMARY KEY,
     org int NOT NULL,
     connected boolean NOT NULL,
     since bigint NOT NULL,
     why text
   )`,
  `CREATE TABLE lease (
     name text PRIMARY KEY,
     holder text NOT NULL,
     token bigint NOT NULL,
     until timestamptz NOT NULL
   )`,
]

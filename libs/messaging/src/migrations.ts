import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `publication`  how far the outgoing feed has been published, with the fencing token of its publisher
 * - `consumed`     ids of messages that a consumer has consumed, written in the transaction of its work; pruned by age
 * - `dead_letter`  messages that could not be published or consumed, with the reason; operators inspect and resend them
 */
export class Messaging1700000000005 implements MigrationInterface {
  name = 'Messaging1700000000005'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE publication (
     name text PRIMARY KEY,
     tx xid8 NOT NULL,
     position bigint NOT NULL,
     token bigint NOT NULL,
     moved_at timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
  `CREATE TABLE consumed (
     consumer text NOT NULL,
     event uuid NOT NULL,
     at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (consumer, event)
   )`,
  `CREATE INDEX consumed_by_age ON consumed USING brin (at)`,
  `CREATE TABLE dead_letter (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     consumer text NOT NULL,
     event_id text NOT NULL,
     topic text NOT NULL,
     key text NOT NULL,
     headers json NOT NULL,
     value bytea NOT NULL,
     reason text NOT NULL,
     at timestamptz NOT NULL DEFAULT clock_timestamp(),
     sent_again_at timestamptz,
     UNIQUE (consumer, topic, event_id)
   )`,
]

/** `dead_letter.wanted_again_at`: when an operator requested a resend; the publisher does it when the broker is reachable. */
export class DeadLettersWanted1700000000015 implements MigrationInterface {
  name = 'DeadLettersWanted1700000000015'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dead_letter ADD COLUMN wanted_again_at timestamptz')
    await runner.query('CREATE INDEX dead_letter_wanted ON dead_letter (id) WHERE wanted_again_at IS NOT NULL')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

/**
 * `take_note`: marks ids as consumed and returns those that already were. Nearly always all are new, and a plain insert costs a
 * third less than one with conflict handling; only if one is known, the insert is rolled back and repeated with conflict handling.
 */
export class TakeNote1700000000025 implements MigrationInterface {
  name = 'TakeNote1700000000025'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TAKE_NOTE)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const TAKE_NOTE = `
  CREATE FUNCTION take_note(by_whom text, ids uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO consumed (consumer, event) SELECT by_whom, id FROM unnest(ids) AS id;
  EXCEPTION WHEN unique_violation THEN
    RETURN QUERY WITH fresh AS (INSERT INTO consumed (consumer, event) SELECT by_whom, id FROM unnest(ids) AS id ON CONFLICT DO NOTHING RETURNING event)
      SELECT id FROM unnest(ids) AS id WHERE id NOT IN (SELECT event FROM fresh);
  END $$`

/**
 * - `dead_letter.original`  key and headers byte for byte, if the columns `key` and `headers` cannot hold them exactly
 * - `storable_json`         the JSON without what makes `->>` fail: NUL and halves of surrogate pairs become U+FFFD. Needed for
 *                           rows that an older version wrote, or still writes during an upgrade
 */
export class DeadLettersFromOutside1700000000140 implements MigrationInterface {
  name = 'DeadLettersFromOutside1700000000140'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dead_letter ADD COLUMN original bytea')
    await runner.query(STORABLE_JSON)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STORABLE_JSON = String.raw`
  CREATE FUNCTION storable_json(raw json) RETURNS json LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN strpos(raw::text, '\u') = 0 THEN raw
      ELSE regexp_replace(raw::text, '(?<!\\)((?:\\\\)*)\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\1\\ufffd', 'g')::json END
  $$`

export const MESSAGING_MIGRATIONS = [
  Messaging1700000000005,
  DeadLettersWanted1700000000015,
  TakeNote1700000000025,
  DeadLettersFromOutside1700000000140,
]

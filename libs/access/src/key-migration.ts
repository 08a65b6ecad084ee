import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `key_check`         a check value of each master key in use: a process with another key is refused by it
 * - `organisation_key`  a key of each organisation, wrapped by a master key; `wrapped` null: destroyed, and all that it sealed
 *   with it. `seals_from`: before that it only opens, until every process has read it
 * - `sealing`           one row: the format that new values are sealed in, and whether the first one is still read. A database
 *   that is in use already stays with the first format, so that the version before can be taken back, until keys are rotated
 * - `reseal`            how far the job that seals everything again has come, a row for each table
 */
export class Keys1700000000160 implements MigrationInterface {
  name = 'Keys1700000000160'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const IN_USE = 'EXISTS (SELECT FROM organisation)'

const STATEMENTS = [
  `CREATE TABLE key_check (
     id text PRIMARY KEY,
     digest bytea NOT NULL,
     since timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
  `CREATE TABLE organisation_key (
     org int NOT NULL,
     id text NOT NULL,
     master text NOT NULL,
     wrapped bytea,
     created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     seals_from timestamptz NOT NULL DEFAULT clock_timestamp(),
     destroyed_at timestamptz,
     PRIMARY KEY (org, id)
   )`,
  `CREATE TABLE sealing (
     only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
     format int NOT NULL CHECK (format IN (1, 2)),
     reads_first boolean NOT NULL
   )`,
  `INSERT INTO sealing (format, reads_first) SELECT CASE WHEN ${IN_USE} THEN 1 ELSE 2 END, ${IN_USE}`,
  `CREATE TABLE reseal (
     target text PRIMARY KEY,
     after json,
     seen bigint NOT NULL DEFAULT 0,
     sealed bigint NOT NULL DEFAULT 0,
     unreadable bigint NOT NULL DEFAULT 0,
     finished_at timestamptz
   )`,
]

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What is to be done at marketplaces, at most once. A row is written in the transaction that decides it; what is `sent` is
 * never `ready` again unless it is certain that nothing was done. `by-hand` is for a person; no worker takes it.
 *
 * `sealed`: the whole order with its texts. `due`: the case's deadline, UTC ms of the marketplace's time; nearest first.
 * `not_before`, `lease_until`: ms by the database's own clock, since that of a simulated day may jump. `token`: grows with
 * every claim, so that a worker that was stopped for long can be distinguished from the one that took over.
 */
export class Effects1700000000003 implements MigrationInterface {
  name = 'Effects1700000000003'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE SEQUENCE effect_token AS bigint`,
  `CREATE TABLE effect (
     stream uuid NOT NULL,
     intent text NOT NULL,
     org int NOT NULL,
     store int NOT NULL,
     sealed bytea NOT NULL,
     judged bigint NOT NULL,
     due bigint NOT NULL,
     state text NOT NULL CHECK (state IN ('ready', 'sent', 'ended', 'by-hand')),
     token bigint NOT NULL DEFAULT 0,
     attempts int NOT NULL DEFAULT 0,
     not_before bigint NOT NULL DEFAULT 0,
     lease_until bigint,
     claimed_by text,
     sent_at bigint,
     ended_as text,
     ended_text text,
     PRIMARY KEY (stream, intent)
   ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)`,
  `CREATE INDEX effect_ready ON effect (store, due, intent) WHERE state = 'ready'`,
  `CREATE INDEX effect_sent ON effect (store, lease_until) WHERE state = 'sent'`,
]

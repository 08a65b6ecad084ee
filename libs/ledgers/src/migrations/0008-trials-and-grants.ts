import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `trial.alive_until`  until when the process that runs it counts as alive, by the database's clock; renewed while it is
 * - `trial.reason`       why it has no report
 * - `main_account`       who acts as an organisation's main account; none: any acting account
 * - `strategy_grant`     to whom it gave a store's strategies (R160), from when until when; nothing is ever taken out
 */
export class TrialsAndGrants1700000000008 implements MigrationInterface {
  name = 'TrialsAndGrants1700000000008'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `ALTER TABLE trial ADD COLUMN alive_until timestamptz, ADD COLUMN reason text`,
  `CREATE TABLE main_account (
     org int PRIMARY KEY,
     account text NOT NULL,
     named_at bigint NOT NULL,
     named_by text NOT NULL
   )`,
  `CREATE TABLE strategy_grant (
     id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     account text NOT NULL,
     store int NOT NULL,
     granted_at bigint NOT NULL,
     granted_by text NOT NULL,
     ended_at bigint,
     ended_by text
   )`,
  `CREATE UNIQUE INDEX strategy_grant_standing ON strategy_grant (org, account, store) WHERE ended_at IS NULL`,
]

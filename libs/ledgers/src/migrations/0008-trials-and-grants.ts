import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `trial.alive_until`  the end of the lease of the console that runs it, by the database's clock; renewed while it runs
 * - `trial.reason`       why it has no report
 * - `main_account`       the account that acts as an organisation's main account; no row: any account may
 * - `strategy_grant`     which account may work at a store's strategies (R160), from when until when; rows are never deleted
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

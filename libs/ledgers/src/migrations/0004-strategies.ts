import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Strategies: documents by which cases are decided automatically. Instants are bigint milliseconds UTC, amounts fen. Versions are
 * never changed.
 *
 * - `strategy`, `strategy_version`  a policy with its settings, one version for each change
 * - `trial`        one version tried on recorded cases, with its report; an arming needs one
 * - `arming`       where a version is in force: per store, shadow or live, with a cap a day
 * - `budget`       what a strategy has committed at a store on a day
 * - `store_terms`  facts about a store that policies need and no case contains, all versions
 * - `shadow`       what a strategy in shadow would have done
 */
export class Strategies1700000000004 implements MigrationInterface {
  name = 'Strategies1700000000004'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE strategy (
     id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     policy text NOT NULL,
     name text NOT NULL,
     created_at bigint NOT NULL,
     created_by text NOT NULL
   )`,
  `CREATE TABLE strategy_version (
     strategy int NOT NULL REFERENCES strategy,
     version int NOT NULL,
     org int NOT NULL,
     settings json NOT NULL,
     created_at bigint NOT NULL,
     created_by text NOT NULL,
     PRIMARY KEY (strategy, version)
   )`,
  `CREATE TABLE trial (
     id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     strategy int NOT NULL,
     version int NOT NULL,
     stores int[] NOT NULL,
     from_at bigint NOT NULL,
     to_at bigint NOT NULL,
     state text NOT NULL,
     report json,
     started_at bigint NOT NULL,
     finished_at bigint,
     FOREIGN KEY (strategy, version) REFERENCES strategy_version
   )`,
  `CREATE TABLE arming (
     id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     store int NOT NULL,
     strategy int NOT NULL,
     version int NOT NULL,
     mode text NOT NULL CHECK (mode IN ('shadow', 'live')),
     cap bigint NOT NULL CHECK (cap >= 0),
     trial int REFERENCES trial,
     armed_at bigint NOT NULL,
     armed_by text NOT NULL,
     disarmed_at bigint,
     disarmed_by text,
     FOREIGN KEY (strategy, version) REFERENCES strategy_version
   )`,
  `CREATE UNIQUE INDEX arming_in_force ON arming (strategy, store) WHERE disarmed_at IS NULL`,
  `CREATE TABLE budget (
     strategy int NOT NULL REFERENCES strategy,
     store int NOT NULL,
     day text NOT NULL,
     org int NOT NULL,
     spent bigint NOT NULL CHECK (spent >= 0),
     PRIMARY KEY (strategy, store, day)
   )`,
  `CREATE TABLE store_terms (
     store int NOT NULL,
     version int NOT NULL,
     org int NOT NULL,
     document json NOT NULL,
     changed_at bigint NOT NULL,
     changed_by text NOT NULL,
     PRIMARY KEY (store, version)
   )`,
  `CREATE TABLE shadow (
     stream uuid NOT NULL,
     strategy int NOT NULL,
     version int NOT NULL,
     judged bigint NOT NULL,
     org int NOT NULL,
     store int NOT NULL,
     verdict json NOT NULL,
     recorded_at bigint NOT NULL,
     PRIMARY KEY (stream, strategy, version, judged)
   )`,
  `CREATE INDEX shadow_by_strategy ON shadow (strategy, recorded_at)`,
]

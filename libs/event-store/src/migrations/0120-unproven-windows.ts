import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * A window whose list did not show exactly the rows it claimed proves nothing: it is kept and read again until it is complete, while newer windows are read.
 *
 * - `unproven_window`         one row a span of changes that is still to be proven; deleted once it is
 * - `pull_window.unproven`    why the window proved nothing; null: it was whole. `claimed` null: the list made no claim
 * - `pull_cursor.read_until`  how far lists were read, proven or not; null: as far as proven
 *
 * What was declared proven before this version although the list showed less than it claimed becomes unproven again, as
 * far as no later window over the same time was whole.
 */
export class UnprovenWindows1700000000120 implements MigrationInterface {
  name = 'UnprovenWindows1700000000120'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE unproven_window (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     store int NOT NULL,
     from_at bigint NOT NULL,
     to_at bigint NOT NULL,
     claimed int,
     seen int NOT NULL,
     why text NOT NULL,
     attempts int NOT NULL DEFAULT 1,
     since bigint NOT NULL,
     tried_at bigint NOT NULL,
     not_before bigint NOT NULL DEFAULT 0
   )`,
  `CREATE INDEX unproven_window_by_store ON unproven_window (store, from_at)`,
  `INSERT INTO unproven_window (org, store, from_at, to_at, claimed, seen, why, since, tried_at)
   SELECT w.org, w.store, min(w.from_at), max(w.to_at), least(sum(w.claimed), 2147483647)::int, sum(w.seen)::int,
     'the list claimed more than it showed', min(w.finished_at), max(w.finished_at)
   FROM pull_window w WHERE w.claimed > w.seen AND NOT EXISTS (
     SELECT FROM pull_window l
     WHERE l.store = w.store AND l.id > w.id AND l.from_at <= w.from_at AND l.to_at >= w.to_at AND l.claimed <= l.seen)
   GROUP BY w.org, w.store`,
  `ALTER TABLE pull_window ADD COLUMN unproven text, ALTER COLUMN claimed DROP NOT NULL`,
  `ALTER TABLE pull_cursor ADD COLUMN read_until bigint`,
]

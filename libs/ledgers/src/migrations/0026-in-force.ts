import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `in_force`    one row: the revision of what is in force (armings, stores' terms); a trigger raises it with every change
 * - `look_again`  stores whose open cases must be judged again, with the progress of each
 *
 * A transaction that judges reads the revision by `in_force_while_judging()`, and it stays the same until that transaction ends.
 * A transaction that changes what is in force calls `in_force_is_to_change()`, which waits for those that judge. They are
 * PL/pgSQL functions, since each of their statements sees what was committed before it: the revision is read under the lock.
 */
export class InForce1700000000026 implements MigrationInterface {
  name = 'InForce1700000000026'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

/** The key of the advisory lock: an arbitrary number that no other lock of ours has. */
const LOCK = '7340023, 0'

const STATEMENTS = [
  `CREATE TABLE in_force (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), revision bigint NOT NULL)`,
  `INSERT INTO in_force (revision) VALUES (1)`,
  `CREATE TABLE look_again (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     store int NOT NULL,
     due_at bigint NOT NULL,
     after uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
   )`,
  `CREATE FUNCTION in_force_while_judging() RETURNS bigint LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_advisory_xact_lock_shared(${LOCK});
     RETURN (SELECT revision FROM in_force);
   END $$`,
  `CREATE FUNCTION in_force_is_to_change() RETURNS void LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_advisory_xact_lock(${LOCK});
   END $$`,
  `CREATE FUNCTION in_force_changes() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM in_force_is_to_change();
     UPDATE in_force SET revision = revision + 1;
     RETURN NULL;
   END $$`,
  ...['arming', 'store_terms'].map(
    (table) =>
      `CREATE TRIGGER in_force_changes BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION in_force_changes()`,
  ),
]

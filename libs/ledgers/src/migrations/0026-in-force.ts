import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `in_force`    one row: a number that changes with whatever is in force (armings, stores' terms), whatever process changes it
 * - `look_again`  stores whose open cases are to be judged once more, with the progress of each
 *
 * A transaction that judges gets the number by `in_force_while_judging()`, and it stays the same until that transaction ends;
 * one that changes what is in force waits for those that judge (`in_force_is_to_change()`), and later ones see the change.
 * Functions, since every statement in one sees what was committed until then: the number is read after the lock was acquired.
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

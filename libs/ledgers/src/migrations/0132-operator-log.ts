import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `operator_log`: who did what, for writes whose own rows do not record it. Append only: a trigger refuses changes and deletions.
 * `at`: UTC ms. `subject`: the id of what was changed.
 */
export class OperatorLog1700000000132 implements MigrationInterface {
  name = 'OperatorLog1700000000132'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE operator_log (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     org int NOT NULL,
     at bigint NOT NULL,
     operator text NOT NULL,
     what text NOT NULL,
     subject text NOT NULL
   )`,
  `CREATE INDEX operator_log_by_org ON operator_log (org, id)`,
  `CREATE FUNCTION operator_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'the operator log is append only';
   END $$`,
  `CREATE TRIGGER operator_log_stays BEFORE UPDATE OR DELETE ON operator_log FOR EACH STATEMENT EXECUTE FUNCTION operator_log_stays()`,
]

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `case_assignment`  who has taken a case. `id` is new with each assignment: it is what a change is compared with
 * - `case_note`        what people write to each other about a case; `body` is sealed, and null once it is erased
 *
 * The assignment of a case ends with the case, in the transaction that ends it, whichever process writes that. Between this
 * migration and the granting of rights no role may delete, and none can assign: processes of the older version go on writing cases.
 */
export class Teamwork1700000000330 implements MigrationInterface {
  name = 'Teamwork1700000000330'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE case_assignment (
     case_id uuid PRIMARY KEY,
     id uuid NOT NULL,
     org int NOT NULL,
     store int NOT NULL,
     assignee uuid NOT NULL,
     assigned_by uuid NOT NULL,
     assigned_at bigint NOT NULL
   )`,
  `CREATE INDEX case_assignment_by_assignee ON case_assignment (org, assignee)`,
  `CREATE TABLE case_note (
     id uuid PRIMARY KEY,
     org int NOT NULL,
     store int NOT NULL,
     case_id uuid NOT NULL,
     author uuid NOT NULL,
     passed_to uuid,
     written_at bigint NOT NULL,
     body bytea,
     erased_at bigint
   )`,
  `CREATE INDEX case_note_by_case ON case_note (org, case_id, written_at, id)`,
  `CREATE FUNCTION end_case_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF has_table_privilege('case_assignment', 'DELETE') THEN
       DELETE FROM case_assignment WHERE case_id = NEW.id AND org = NEW.org;
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER end_case_assignment AFTER UPDATE OF open ON stream FOR EACH ROW WHEN (OLD.open AND NOT NEW.open)
     EXECUTE FUNCTION end_case_assignment()`,
]

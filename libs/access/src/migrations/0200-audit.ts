import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * - `audit_entry`  who did what, for each organisation a chain: `hash` covers the entry, its number and the hash before it.
 *   Insert only. Organisation 0 has what belongs to none: attempts to sign in with an unknown login
 * - `audit_head`   the end of each chain, so that a cut end is seen; its row lock puts an organisation's entries in order
 */
export class Audit1700000000200 implements MigrationInterface {
  name = 'Audit1700000000200'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE audit_head (
     org int PRIMARY KEY,
     n bigint NOT NULL,
     previous bytea NOT NULL,
     hash bytea NOT NULL
   )`,
  // `details` is json, not jsonb: its text is kept byte for byte, and the hash is over that text.
  `CREATE TABLE audit_entry (
     org int NOT NULL,
     n bigint NOT NULL,
     at bigint NOT NULL,
     actor text NOT NULL,
     action text NOT NULL,
     subject text NOT NULL,
     details json NOT NULL,
     previous bytea NOT NULL,
     hash bytea NOT NULL,
     PRIMARY KEY (org, n)
   )`,
  `CREATE INDEX audit_entry_by_actor ON audit_entry (org, actor, n)`,
  `CREATE INDEX audit_entry_by_subject ON audit_entry (org, subject, n)`,
  `CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'the audit is append only';
   END $$`,
  `CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
     FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()`,
  `CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
     FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()`,
  `CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head FOR EACH ROW
     WHEN (NEW.org <> OLD.org OR NEW.n <> OLD.n + 1 OR NEW.previous <> OLD.hash) EXECUTE FUNCTION audit_stays()`,
]

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `look_again.org`: the store's organisation, needed by row-level security. A trigger fills it, since processes of the previous
 * version do not write it during an upgrade.
 */
export class LookAgainOrg1700000000221 implements MigrationInterface {
  name = 'LookAgainOrg1700000000221'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `ALTER TABLE look_again ADD COLUMN org int`,
  // Dynamic, since the table `store` belongs to another library and does not exist in a database with these migrations alone.
  `DO $$ BEGIN
     IF to_regclass('store') IS NOT NULL THEN
       UPDATE look_again l SET org = s.org FROM store s WHERE s.id = l.store;
     END IF;
   END $$`,
  `CREATE FUNCTION look_again_org() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     NEW.org := (SELECT org FROM store WHERE id = NEW.store);
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER look_again_org BEFORE INSERT ON look_again FOR EACH ROW WHEN (NEW.org IS NULL)
     EXECUTE FUNCTION look_again_org()`,
]

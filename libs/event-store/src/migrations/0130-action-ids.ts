import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The ids of effects, unique within an organisation: an id that a client gives stands for one request, on one stream. A
 * trigger writes them, so the older version, which writes effects during an upgrade, obeys it, too. A table of its own,
 * since a unique index on `effect` would keep its writers waiting while it is built, and would refuse the ids that two
 * streams share already: those are kept with `once` false.
 */
export class ActionIds1700000000130 implements MigrationInterface {
  name = 'ActionIds1700000000130'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  `CREATE TABLE action_id (
     org int NOT NULL,
     intent text NOT NULL,
     stream uuid NOT NULL,
     once boolean NOT NULL,
     PRIMARY KEY (org, intent, stream)
   )`,
  `CREATE UNIQUE INDEX action_id_once ON action_id (org, intent) WHERE once`,
  `CREATE FUNCTION keep_action_id() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'TRUNCATE' THEN TRUNCATE action_id;
     ELSE INSERT INTO action_id (org, intent, stream, once) VALUES (NEW.org, NEW.intent, NEW.stream, true);
     END IF;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER keep_action_id AFTER INSERT ON effect FOR EACH ROW EXECUTE FUNCTION keep_action_id()`,
  `CREATE TRIGGER forget_action_ids AFTER TRUNCATE ON effect FOR EACH STATEMENT EXECUTE FUNCTION keep_action_id()`,
]

/** The ids that were there before, duplicates included. In a transaction of its own, so that no writer waits for it. */
export class ActionIdsBefore1700000000131 implements MigrationInterface {
  name = 'ActionIdsBefore1700000000131'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO action_id (org, intent, stream, once) SELECT org, intent, stream, false FROM effect ON CONFLICT DO NOTHING`,
    )
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

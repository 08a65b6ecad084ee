import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Tasks for people because of actions, shown from `due_at` on (UTC ms). Tasks due at the same time are sorted by `id`. */
export class Tasks1700000000033 implements MigrationInterface {
  name = 'Tasks1700000000033'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE task (
      case_id uuid NOT NULL,
      intent text COLLATE "C" NOT NULL,
      id uuid NOT NULL,
      org int NOT NULL,
      store int NOT NULL,
      reason text COLLATE "C" NOT NULL,
      due_at bigint NOT NULL,
      PRIMARY KEY (case_id, intent)
    )`)
    await runner.query(`CREATE INDEX task_by_due ON task (org, due_at, id) INCLUDE (store)`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

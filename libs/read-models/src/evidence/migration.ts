import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Places that want evidence of a case (R064), with the time at which they close (UTC ms); null: unknown. */
export class EvidenceWanted1700000000053 implements MigrationInterface {
  name = 'EvidenceWanted1700000000053'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE evidence_wanted (
      case_id uuid NOT NULL,
      n int NOT NULL,
      org int NOT NULL,
      store int NOT NULL,
      request json NOT NULL,
      due_at bigint,
      PRIMARY KEY (case_id, n)
    )`)
    await runner.query(`CREATE INDEX evidence_wanted_by_due ON evidence_wanted (org, due_at)`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

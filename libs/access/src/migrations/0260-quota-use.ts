import type { MigrationInterface, QueryRunner } from 'typeorm'

/** `quota_use`: how often something limited was done in the present span of time; `scope`: what, and by whom. */
export class QuotaUse1700000000260 implements MigrationInterface {
  name = 'QuotaUse1700000000260'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE quota_use (
      org int NOT NULL REFERENCES organisation,
      scope text NOT NULL,
      span_start bigint NOT NULL,
      used int NOT NULL,
      PRIMARY KEY (org, scope, span_start)
    )`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Cases that were ruled against the merchant and never appealed; `ruled_at` is when the ruling was first reported (UTC ms). */
export class AppealCandidates1700000000043 implements MigrationInterface {
  name = 'AppealCandidates1700000000043'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE appeal_candidate (
      case_id uuid PRIMARY KEY,
      org int NOT NULL,
      store int NOT NULL,
      ruled_at bigint NOT NULL
    )`)
    await runner.query(`CREATE INDEX appeal_candidate_by_store ON appeal_candidate (store, ruled_at)`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

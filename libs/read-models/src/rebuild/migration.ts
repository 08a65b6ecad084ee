import type { MigrationInterface, QueryRunner } from 'typeorm'

/** How far the rebuild of each read model has come: `after` is the last case done. After a finished rebuild the next starts from the beginning. */
export class Rebuilds1700000000170 implements MigrationInterface {
  name = 'Rebuilds1700000000170'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE rebuild (
      read_model text PRIMARY KEY,
      after uuid NOT NULL,
      cases bigint NOT NULL,
      differing bigint NOT NULL,
      started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      finished_at timestamptz
    )`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

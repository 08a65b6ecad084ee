import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Which cases a parcel belongs to: several cases may share one, and whoever opens one must see the others. */
export class SharedParcels1700000000023 implements MigrationInterface {
  name = 'SharedParcels1700000000023'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE parcel_case (
      org int NOT NULL,
      tracking text COLLATE "C" NOT NULL,
      case_id uuid NOT NULL,
      PRIMARY KEY (org, tracking, case_id)
    )`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

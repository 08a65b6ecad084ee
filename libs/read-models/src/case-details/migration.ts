import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Which cases a parcel belongs to: several cases may share a parcel, and each shows the others. */
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

/**
 * An index for rebuilds, which find the rows of a case by it. It is built concurrently, so that writers are not blocked; the
 * invalid index of an interrupted attempt is dropped first.
 */
export class SharedParcelsByCase1700000000171 implements MigrationInterface {
  name = 'SharedParcelsByCase1700000000171'
  transaction = false

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET lock_timeout = 0')
    try {
      await runner.query('DROP INDEX CONCURRENTLY IF EXISTS parcel_case_by_case')
      await runner.query('CREATE INDEX CONCURRENTLY parcel_case_by_case ON parcel_case (case_id)')
    } finally {
      await runner.query('RESET lock_timeout')
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Why a case cannot be read, since when: `reading.failing_since`, `failure_kind`, `failure`; null: it was not tried in vain.
 *
 * A revision later than the report that carried it could have been keeps a case from every later report. Such cases are read
 * now; the report of it is believed before the revision that cannot be.
 */
export class FailingReadings1700000000121 implements MigrationInterface {
  name = 'FailingReadings1700000000121'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

const STATEMENTS = [
  // Ten minutes: what the model tolerates between two clocks.
  `INSERT INTO reading (stream, org, store, case_number, order_number, why, asked_at)
   SELECT id, org, store, state ->> 'caseNumber', state #>> '{order,orderNumber}', 'a revision from the future',
     (extract(epoch FROM now()) * 1000)::bigint
   FROM stream WHERE revision > (extract(epoch FROM now()) * 1000)::bigint + 600000
     AND revision > (state #>> '{lastSeen,observedAt}')::bigint + 600000
   ON CONFLICT DO NOTHING`,
  `ALTER TABLE reading ADD COLUMN failing_since bigint, ADD COLUMN failure_kind text, ADD COLUMN failure text`,
]

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Why a case cannot be read, since when: `reading.failing_since`, `failure_kind`, `failure`; null: no attempt has failed.
 *
 * A revision in the future of its own report blocks every later report of its case. Such cases are read now; the fresh report wins over the impossible revision.
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

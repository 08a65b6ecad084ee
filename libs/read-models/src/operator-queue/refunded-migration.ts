import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What was actually refunded, next to what the buyer asks for. Null: unknown, as for every row written before. */
export class QueueRefunded1700000000110 implements MigrationInterface {
  name = 'QueueRefunded1700000000110'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE queue_row ADD COLUMN refunded_fen bigint')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

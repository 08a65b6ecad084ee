import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The streams of an organisation in the order of their newest writes, for those who follow them. Built concurrently, so it blocks
 * no writer, but waits for every open transaction. An aborted build leaves an invalid index behind, so it is dropped first.
 */
export class ChangedStreams1700000000230 implements MigrationInterface {
  name = 'ChangedStreams1700000000230'
  transaction = false

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET lock_timeout = 0')
    try {
      await runner.query('DROP INDEX CONCURRENTLY IF EXISTS stream_changed')
      await runner.query('CREATE INDEX CONCURRENTLY stream_changed ON stream (org, told, id)')
    } finally {
      await runner.query('RESET lock_timeout')
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

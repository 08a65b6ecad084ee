import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Which streams are open, so that those of one store are found without a scan of all streams. The writer sets it; older
 * rows, and rows that an older version writes, count as open until they are next judged. A default that comes with the
 * column costs no scan.
 */
export class OpenStreams1700000000133 implements MigrationInterface {
  name = 'OpenStreams1700000000133'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stream ADD COLUMN open boolean NOT NULL DEFAULT true')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

/**
 * Built concurrently, so it blocks no writer, but waits for every open transaction. An aborted build leaves an invalid
 * index behind, so it is dropped first.
 */
export class OpenStreamsIndex1700000000134 implements MigrationInterface {
  name = 'OpenStreamsIndex1700000000134'
  transaction = false

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET lock_timeout = 0')
    try {
      await runner.query('DROP INDEX CONCURRENTLY IF EXISTS stream_open')
      await runner.query('CREATE INDEX CONCURRENTLY stream_open ON stream (store, id) WHERE open')
    } finally {
      await runner.query('RESET lock_timeout')
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

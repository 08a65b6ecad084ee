import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Which streams are open, so that those of one store are found without walking all that ever were. The writer says it; rows
 * of before, and rows that an older version writes, are taken for open until somebody looks at them. A default that comes
 * with the column costs no scan.
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
 * Built while others write, so it keeps nobody waiting, and may itself wait for whoever has a transaction open. One that was
 * broken off is left behind invalid, so it is dropped first.
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

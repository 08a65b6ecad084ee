import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `stream.told`: the transaction number of the newest row of a stream in `outgoing`; no later row gets a smaller one,
 * so the feed keeps the order of a stream.
 */
export class ToldInOrder1700000000007 implements MigrationInterface {
  name = 'ToldInOrder1700000000007'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE stream ADD COLUMN told xid8 NOT NULL DEFAULT '0'`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

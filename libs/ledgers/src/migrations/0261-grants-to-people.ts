import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `strategy_grant.person`: whom it is given to. Null for a grant of the time before people: it names an operator, and is read
 * as given to the person with that login.
 */
export class GrantsToPeople1700000000261 implements MigrationInterface {
  name = 'GrantsToPeople1700000000261'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE strategy_grant ADD COLUMN person uuid')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Which roles the policies of this database are for, and what was declared when they were made: a start with the same
 * declarations changes nothing. Grants and policies themselves are not migrations: they are made again from one list.
 */
export class TableSecurity1700000000220 implements MigrationInterface {
  name = 'TableSecurity1700000000220'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE table_security (
      only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
      prefix text NOT NULL,
      digest text NOT NULL
    )`)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

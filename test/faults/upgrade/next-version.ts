/** Simulates a future version: the current process of the role in `NEXT_OF`, plus a migration that it runs at its start. */
import { join } from 'node:path'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { EVENT_STORE_MIGRATIONS } from '#event-store'

/** The kinds of changes that versions bring: columns of the busiest tables, an index, a table. */
export class NextVersion1900000000001 implements MigrationInterface {
  name = 'NextVersion1900000000001'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [
      'message',
      'pending',
      'stream',
      'event',
      'outgoing',
      'timer',
      'reading',
      'effect',
      'queue_row',
      'lease',
    ])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN of_next int NOT NULL DEFAULT 1`)
    await runner.query('CREATE INDEX next_event ON event (of_next)')
    await runner.query('CREATE TABLE next (id int PRIMARY KEY)')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

if (require.main === module) {
  EVENT_STORE_MIGRATIONS.push(NextVersion1900000000001)
  require(join(__dirname, '../../../apps', process.env['NEXT_OF'] ?? '', 'src/main'))
}

import type { DataSource } from 'typeorm'

/**
 * Polls until no written stream is hidden behind an open transaction. Transaction ids belong to the whole server, so one in
 * another test's database delays ours, too.
 */
export async function untilStreamsReadable(database: DataSource): Promise<void> {
  for (let all = false; !all;) {
    const [row] = await database.query<{ all: boolean }[]>(
      'SELECT NOT EXISTS (SELECT FROM stream s WHERE s.told >= pg_snapshot_xmin(pg_current_snapshot())) AS "all"',
    )
    all = row?.all ?? false
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `feed_stall_ms`: for how long the oldest transaction that has written has been open. With the rights of the owner, since
 * PostgreSQL hides the transactions of other roles from the role of a process. It shows a duration and nothing else.
 */
export class FeedStall1700000000224 implements MigrationInterface {
  name = 'FeedStall1700000000224'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE FUNCTION feed_stall_ms() RETURNS bigint
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        SELECT (extract(epoch FROM clock_timestamp() - min(xact_start)) * 1000)::bigint FROM pg_stat_activity
        WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
      $$`)
    await runner.query('REVOKE ALL ON FUNCTION feed_stall_ms() FROM PUBLIC')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

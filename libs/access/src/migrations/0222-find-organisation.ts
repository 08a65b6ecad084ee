import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `find_organisation`: one organisation by its whole slug, or the first. With the rights of the owner, since who asks serves no
 * organisation yet; it shows one row, and nothing that could be enumerated.
 */
export class FindOrganisation1700000000222 implements MigrationInterface {
  name = 'FindOrganisation1700000000222'

  async up(runner: QueryRunner): Promise<void> {
    const [{ schema } = { schema: 'public' }] = (await runner.query('SELECT current_schema() AS schema')) as {
      schema: string
    }[]
    // Explicit to the end: a temporary table or view of the caller would be found first.
    const SEARCH_PATH = `"${schema}", pg_temp`
    await runner.query(`CREATE FUNCTION find_organisation(wanted text) RETURNS TABLE (id int, slug text, name text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${SEARCH_PATH} AS $$
        SELECT o.id, o.slug, o.name FROM organisation o WHERE wanted IS NULL OR o.slug = wanted ORDER BY o.id LIMIT 1
      $$`)
    await runner.query('REVOKE ALL ON FUNCTION find_organisation(text) FROM PUBLIC')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

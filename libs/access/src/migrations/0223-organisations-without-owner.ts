import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * `organisations_without_owner`: whom the console prints a first owner's link for. With the rights of the owner, since it
 * serves no organisation at its start; of those that have an owner it shows nothing.
 */
export class OrganisationsWithoutOwner1700000000223 implements MigrationInterface {
  name = 'OrganisationsWithoutOwner1700000000223'

  async up(runner: QueryRunner): Promise<void> {
    const [{ schema } = { schema: 'public' }] = (await runner.query('SELECT current_schema() AS schema')) as {
      schema: string
    }[]
    // Explicit to the end: a temporary table or view of the caller would be found first.
    const SEARCH_PATH = `"${schema}", pg_temp`
    await runner.query(`CREATE FUNCTION organisations_without_owner() RETURNS TABLE (id int, slug text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${SEARCH_PATH} AS $$
        SELECT o.id, o.slug FROM organisation o
        WHERE NOT EXISTS (SELECT FROM membership m WHERE m.org = o.id AND m.role = 'owner' AND m.disabled_at IS NULL)
        ORDER BY o.id
      $$`)
    await runner.query('REVOKE ALL ON FUNCTION organisations_without_owner() FROM PUBLIC')
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

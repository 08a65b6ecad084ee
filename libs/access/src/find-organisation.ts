import type { Organisation } from './directory-snapshot'

interface OrganisationQueries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** By its whole slug, or the first that was registered. For a process that may not see organisations it does not serve. */
export async function findOrganisation(
  queries: OrganisationQueries,
  slug: string | undefined,
): Promise<Organisation | undefined> {
  const [found] = await queries.query<Organisation[]>('SELECT id, slug, name FROM find_organisation($1)', [
    slug ?? null,
  ])
  return found
}

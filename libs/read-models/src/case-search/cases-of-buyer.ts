import type { EntityManager } from 'typeorm'

/** All cases of an organisation whose buyer has this phone number, by its keyed hashes, in all stores. */
export const casesWithPhone = async (
  database: Pick<EntityManager, 'query'>,
  org: number,
  hashes: readonly string[],
): Promise<string[]> =>
  (
    await database.query<{ id: string }[]>(
      'SELECT case_id AS id FROM case_search WHERE org = $1 AND phone_hash = ANY($2::text[]) ORDER BY case_id',
      [org, hashes],
    )
  ).map(({ id }) => id)

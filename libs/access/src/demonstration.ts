import type { DataSource } from 'typeorm'

/** The organisation of the demonstration: its marketplaces are simulators. */
export const DEMO_ORGANISATION = { slug: 'demo', name: '演示商家 Demo' }

/**
 * The other organisations of a database as a sentence, or `undefined`. The demonstration refuses to run beside them: its buyers are
 * invented, anyone on this machine can use its marketplaces, and its clock is moved by days.
 */
export async function othersBesideDemo(database: DataSource): Promise<string | undefined> {
  const rows = await database.query<{ slug: string }[]>('SELECT slug FROM organisation WHERE slug <> $1 ORDER BY id', [
    DEMO_ORGANISATION.slug,
  ])
  const [first, ...more] = rows.map(({ slug }) => slug)
  if (first === undefined) return undefined
  return more.length === 0 ? `the organisation ${first}` : `${first} and ${more.length} more organisations`
}

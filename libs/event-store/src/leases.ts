import type { DataSource } from 'typeorm'

export interface Lease {
  readonly name: string
  readonly holder: string
  /** Grows with every new holder: what an old holder still tries can be told by it. */
  readonly token: number
}

/** Takes or renews. By the database's clock, so that the clocks of processes do not matter. `undefined`: another has it. */
export async function hold(database: DataSource, name: string, holder: string, ms: number): Promise<Lease | undefined> {
  const rows = await database.query<{ token: number }[]>(
    `INSERT INTO lease (name, holder, token, until) VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
     ON CONFLICT (name) DO UPDATE SET
       token = lease.token + CASE WHEN lease.holder = excluded.holder THEN 0 ELSE 1 END,
       holder = excluded.holder, until = excluded.until
     WHERE lease.holder = excluded.holder OR lease.until < clock_timestamp()
     RETURNING token`,
    [name, holder, ms],
  )
  const token = rows[0]?.token
  return token === undefined ? undefined : { name, holder, token }
}

/** Gives it back at once instead of letting it run out. */
export const release = (database: DataSource, { name, holder }: Lease): Promise<unknown> =>
  database.query(`UPDATE lease SET until = clock_timestamp() - interval '1 ms' WHERE name = $1 AND holder = $2`, [name, holder])

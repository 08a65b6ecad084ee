import type { DataSource } from 'typeorm'

export interface Lease {
  readonly name: string
  readonly holder: string
  /** Grows with every new holder: a write of a former holder is recognised by it. */
  readonly token: number
}

/** Takes or renews. By the database's clock, so that the clocks of processes do not matter. `undefined`: another has it. */
export async function acquire(
  database: DataSource,
  name: string,
  holder: string,
  ms: number,
): Promise<Lease | undefined> {
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
  database.query(`UPDATE lease SET until = clock_timestamp() - interval '1 ms' WHERE name = $1 AND holder = $2`, [
    name,
    holder,
  ])

/**
 * Does the work only while the lease is held, renewing it meanwhile; answers `false` where another holds it. The
 * work's signal is aborted when the lease is lost, or when it could not be renewed for nearly its whole time: then
 * another may have it already.
 */
export async function whileHeld(
  database: DataSource,
  lease: { readonly name: string; readonly holder: string; readonly ms: number },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const { name, holder, ms } = lease
  const ours = new AbortController()
  const stop = (): void => ours.abort(signal.reason)
  // Counted from when it was asked for: the answer may be late, and one that hangs never comes.
  let heldSince = performance.now()
  const held = await acquire(database, name, holder, ms)
  if (held === undefined) return false
  const renew = async (): Promise<void> => {
    const asked = performance.now()
    if ((await acquire(database, name, holder, ms)) === undefined) ours.abort(new Error(`another holds ${name}`))
    else heldSince = asked
  }
  let renewal: Promise<void> | undefined
  const watch = setInterval(() => {
    if (performance.now() - heldSince > ms * 0.8) ours.abort(new Error(`the lease ${name} ran out`))
    // A renewal that fails is tried again; the time goes on running meanwhile.
    renewal ??= renew()
      .catch(() => undefined)
      .finally(() => (renewal = undefined))
  }, ms / 8)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    await work(ours.signal)
  } finally {
    clearInterval(watch)
    signal.removeEventListener('abort', stop)
    // A renewal under way that came after the release would keep a lease that no process uses.
    await renewal
    await release(database, held).catch(() => undefined)
  }
  return true
}

import type { DataSource } from 'typeorm'

export interface Lease {
  readonly name: string
  readonly holder: string
  /** Fencing token: grows with every new holder, so a write of a former holder is recognised. */
  readonly token: number
}

/**
 * Acquires or renews a lease, by the database's clock, so that the clocks of processes do not matter. `undefined`:
 * another process holds it.
 */
export async function acquireLease(
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

/** Releases the lease at once instead of letting it expire. */
export const releaseLease = (database: DataSource, { name, holder }: Lease): Promise<unknown> =>
  database.query(`UPDATE lease SET until = clock_timestamp() - interval '1 ms' WHERE name = $1 AND holder = $2`, [
    name,
    holder,
  ])

/**
 * Does the work only while the lease is held, renewing it meanwhile; returns `false` where another process holds it.
 * The work's signal is aborted when the lease is lost, or when it could not be renewed for four fifths of its time:
 * then another process may soon hold it.
 */
export async function runWhileLeased(
  database: DataSource,
  lease: { readonly name: string; readonly holder: string; readonly ms: number },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const { name, holder, ms } = lease
  const workAbort = new AbortController()
  // Four fifths of the time: the rest is for the work to stop before another process may hold the lease.
  const unrenewedLimitMs = ms * 0.8
  // Several renewals may fail before that limit is reached.
  const renewEveryMs = ms / 8
  const abortWork = (): void => workAbort.abort(signal.reason)
  // Counted from the request, since the answer may be late or never come.
  let renewedAt = performance.now()
  const held = await acquireLease(database, name, holder, ms)
  if (held === undefined) return false
  const renew = async (): Promise<void> => {
    const requestedAt = performance.now()
    if ((await acquireLease(database, name, holder, ms)) === undefined)
      workAbort.abort(new Error(`another holds ${name}`))
    else renewedAt = requestedAt
  }
  let renewal: Promise<void> | undefined
  const renewalTimer = setInterval(() => {
    if (performance.now() - renewedAt > unrenewedLimitMs) workAbort.abort(new Error(`the lease ${name} ran out`))
    // A failed renewal is retried; the time keeps running.
    renewal ??= renew()
      .catch(() => undefined)
      .finally(() => (renewal = undefined))
  }, renewEveryMs)
  signal.addEventListener('abort', abortWork, { once: true })
  if (signal.aborted) abortWork()
  try {
    await work(workAbort.signal)
  } finally {
    clearInterval(renewalTimer)
    signal.removeEventListener('abort', abortWork)
    // A running renewal that arrived after the release would keep a lease that no process uses.
    await renewal
    await releaseLease(database, held).catch(() => undefined)
  }
  return true
}

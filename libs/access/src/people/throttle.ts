import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { DataSource, EntityManager } from 'typeorm'

/** How many failures cause no wait, and the longest wait. */
interface FailureAllowance {
  readonly free: number
  readonly longestMs: number
}

/** A stranger can make an account wait, so its wait is short; the wait of an address affects only the attacker. */
const FAILURE_ALLOWANCES = {
  account: { free: 5, longestMs: 300_000 },
  code: { free: 5, longestMs: 300_000 },
  address: { free: 30, longestMs: 900_000 },
} as const satisfies Record<string, FailureAllowance>

const FIRST_WAIT_MS = 1_000
/** After so long without a failure, earlier ones no longer count. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000

export interface ThrottleScope {
  readonly kind: keyof typeof FAILURE_ALLOWANCES
  readonly of: string
}

export const accountScope = (login: string): ThrottleScope => ({
  kind: 'account',
  // What was typed may be a password in the wrong field: it is not kept.
  of: createHash('sha256').update(login).digest('base64url'),
})
export const codeScope = (person: string): ThrottleScope => ({ kind: 'code', of: person })
export const addressScope = (address: string): ThrottleScope => ({ kind: 'address', of: networkOf(address) })

/** For IPv6 the /64 network, since a single customer has all of it. */
export function networkOf(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail = ''] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  const zeros = plain.includes('::') ? Array.from({ length: 8 - before.length - after.length }, () => '0') : []
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.join(':')}::/64`
}

const keyOf = ({ kind, of }: ThrottleScope): string => `${kind}:${of}`

// SQL by hand: one statement compares and sets, so that concurrent attempts are counted one after the other.
const COUNT_FAILURE = `
  INSERT INTO sign_in_throttle AS t (scope, failures, last_at, blocked_until) VALUES ($1, 1, $2, 0)
  ON CONFLICT (scope) DO UPDATE SET
    failures = CASE WHEN t.last_at < $2 - $5::bigint THEN 1 ELSE t.failures + 1 END,
    last_at = $2,
    blocked_until = CASE
      WHEN t.last_at < $2 - $5::bigint OR t.failures + 1 < $3 THEN 0
      ELSE $2 + least($4::bigint, ${FIRST_WAIT_MS} * 2::numeric ^ least(t.failures + 1 - $3, 20))::bigint
    END
  WHERE t.blocked_until <= $2
  RETURNING scope`

/**
 * Counts failed sign-ins and other proofs in the database, so for all processes and across restarts. An attempt counts as failed
 * before it is checked, and no longer if it succeeds, so that concurrent attempts do not bypass the limit. Waits double; no
 * account is locked permanently.
 */
export class Throttle {
  constructor(private readonly database: DataSource) {}

  /** `undefined`: the attempt may be checked. Otherwise until when attempts are refused, UTC ms. */
  async charge(scope: ThrottleScope, now: number): Promise<number | undefined> {
    const { free, longestMs } = FAILURE_ALLOWANCES[scope.kind]
    const charged = await this.database.query<unknown[]>(COUNT_FAILURE, [
      keyOf(scope),
      now,
      free,
      longestMs,
      FORGOTTEN_AFTER_MS,
    ])
    if (charged.length > 0) return undefined
    const [row] = await this.database.query<{ blocked_until: number }[]>(
      'SELECT blocked_until FROM sign_in_throttle WHERE scope = $1',
      [keyOf(scope)],
    )
    return row?.blocked_until ?? now
  }

  /** The attempt succeeded: earlier failures no longer count. */
  async clear(manager: EntityManager, scope: ThrottleScope): Promise<void> {
    await manager.query('DELETE FROM sign_in_throttle WHERE scope = $1', [keyOf(scope)])
  }

  /**
   * Takes back one failure of this address. The others remain, and after many of them the wait does, too: otherwise the owner
   * of one account could try others without waiting.
   */
  async takeBack(manager: EntityManager, scope: ThrottleScope): Promise<void> {
    await manager.query(
      `UPDATE sign_in_throttle SET failures = greatest(failures - 1, 0),
         blocked_until = CASE WHEN failures <= $2 THEN 0 ELSE blocked_until END WHERE scope = $1`,
      [keyOf(scope), FAILURE_ALLOWANCES[scope.kind].free],
    )
  }

  async sweep(manager: EntityManager, now: number): Promise<void> {
    await manager.query('DELETE FROM sign_in_throttle WHERE last_at < $1', [now - FORGOTTEN_AFTER_MS])
  }
}

import { LessThan } from 'typeorm'
import { withTenants } from '#event-store'
import { OneTimeLinkEntity } from './entities/one-time-link.entity'
import { SessionEntity } from './entities/session.entity'
import { sweepAttempts } from './oidc/oidc-attempts'
import { sweepChallenges } from './passkeys/passkey-challenges'
import type { IdentityContext } from './identity-context'

/** How long ended rows are kept. The audit has the history; these rows only say what can still be used. */
const KEPT_MS = 30 * 24 * 3_600_000

/** Removes expired attempts and challenges, and links and sessions that ended a month ago. */
export async function sweepIdentity({ database, throttle, now: clock }: IdentityContext): Promise<void> {
  const now = clock()
  await throttle.sweep(database.manager, now)
  await sweepChallenges(database.manager, now)
  const attempts = await database.query<{ org: number }[]>(
    'SELECT DISTINCT org FROM oidc_attempt WHERE expires_at < $1',
    [now],
  )
  await withTenants(
    attempts.map(({ org }) => org),
    () => sweepAttempts(database.manager, now),
  )
  const links = await database.query<{ org: number }[]>(
    'SELECT DISTINCT org FROM one_time_link WHERE expires_at < $1',
    [now - KEPT_MS],
  )
  await withTenants(
    links.map(({ org }) => org),
    () => database.getRepository(OneTimeLinkEntity).delete({ expiresAt: LessThan(now - KEPT_MS) }),
  )
  await database.getRepository(SessionEntity).delete({ endsAt: LessThan(now - KEPT_MS) })
}

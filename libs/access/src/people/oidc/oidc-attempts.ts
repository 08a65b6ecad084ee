import type { EntityManager } from 'typeorm'
import { LessThan } from 'typeorm'
import { sameSecret } from '../../vault'
import { OidcAttemptEntity } from '../entities/oidc.entity'
import { hashOfToken, newToken } from '../tokens'
import type { OidcAttempt, OidcPurpose } from './oidc'

/** A person has so long to log in at the provider. */
export const OIDC_ATTEMPT_LASTS_MS = 10 * 60_000

export interface NewAttempt {
  readonly org: number
  readonly purpose: OidcPurpose
  readonly browser: string
  readonly session?: string
  readonly link?: string
  readonly login?: string
  readonly displayName?: string
}

/** Answers the state; only its hash is stored. */
export async function makeAttempt(manager: EntityManager, attempt: NewAttempt, now: number): Promise<string> {
  const state = newToken()
  const { org, purpose, browser, session, link, login, displayName } = attempt
  await manager.getRepository(OidcAttemptEntity).insert({
    ...{ state: hashOfToken(state), org, purpose, browser: hashOfToken(browser) },
    ...{ session: session ?? null, link: link ?? null, login: login ?? null, displayName: displayName ?? null },
    ...{ beganAt: now, expiresAt: now + OIDC_ATTEMPT_LASTS_MS, usedAt: null },
  })
  return state
}

export const findAttempt = (manager: EntityManager, state: string): Promise<OidcAttemptEntity | null> =>
  manager.getRepository(OidcAttemptEntity).findOneBy({ state: hashOfToken(state) })

interface Returning {
  readonly browser: string
  readonly session: string | undefined
}

/** Whether the attempt is of this browser and, where a session began it, of this session. */
export const isOwnAttempt = (attempt: OidcAttemptEntity, { browser, session }: Returning): boolean =>
  sameSecret(attempt.browser, hashOfToken(browser)) && (attempt.session === null || attempt.session === session)

/** By compare and set: of concurrent calls exactly one returns `true`. */
export async function useAttempt(manager: EntityManager, { state }: OidcAttemptEntity, now: number): Promise<boolean> {
  const { affected } = await manager
    .createQueryBuilder()
    .update(OidcAttemptEntity)
    .set({ usedAt: now })
    .where('state = :state AND used_at IS NULL AND expires_at > :now', { state, now })
    .execute()
  return affected === 1
}

export const attemptOf = (row: OidcAttemptEntity): OidcAttempt => ({
  ...{ org: row.org, purpose: row.purpose as OidcPurpose, session: row.session, link: row.link },
  ...{ login: row.login, displayName: row.displayName, beganAt: row.beganAt },
})

export const sweepAttempts = (manager: EntityManager, now: number): Promise<unknown> =>
  manager.getRepository(OidcAttemptEntity).delete({ expiresAt: LessThan(now) })

import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { storableText } from '#event-store'
import type { PersonActor, StoreRights } from './actor'
import { SessionEntity } from './entities/session.entity'
import type { IdentityContext, SessionLimits } from './identity-context'
import type { Origin } from './origin'
import type { Role } from './roles'
import { permissionsOf, ROLES } from './roles'
import type { OpenedSession } from './sessions'
import { hashOfToken, newToken } from './tokens'

const LONGEST_USER_AGENT = 200
const MAX_ADDRESS_LENGTH = 60

/**
 * SQL by hand: session, person and rights in one statement, since every request reads them. Where the organisation requires its
 * provider, no other session of a member counts, however and whenever it was opened.
 */
const FIND_SESSION = `
  SELECT s.id AS session, s.org, s.ends_at AS "endsAt", s.last_seen_at AS "lastSeenAt", s.reauthenticated_at AS "reauthenticatedAt",
    s.oidc, p.id, p.login, p.display_name AS "displayName", m.role, m.stores
  FROM session s JOIN person p ON p.id = s.person
    JOIN membership m ON m.org = s.org AND m.person = s.person AND m.disabled_at IS NULL
    LEFT JOIN oidc_provider o ON o.org = s.org
  WHERE (s.oidc OR m.role = 'owner' OR o.required IS NOT TRUE) AND s.token = $1 AND s.revoked_at IS NULL AND s.ends_at > $2 AND s.last_seen_at > $3`

interface FoundSession {
  readonly actor: PersonActor
  readonly endsAt: number
  readonly lastSeenAt: number
}

type SessionAndPersonRow = Omit<FoundSession, 'actor'> &
  Pick<PersonActor, 'session' | 'org' | 'reauthenticatedAt' | 'id' | 'login' | 'oidc'> & {
    readonly displayName: string
    readonly role: string
    readonly stores: number[] | null
  }

/** `undefined`: there is no such session, or it has ended, or the person may not work there any more. */
export async function findSession(
  manager: Pick<EntityManager, 'query'>,
  token: string,
  now: number,
  { idleMs }: SessionLimits,
): Promise<FoundSession | undefined> {
  const [row] = await manager.query<SessionAndPersonRow[]>(FIND_SESSION, [hashOfToken(token), now, now - idleMs])
  const role = roleOf(row?.role)
  if (row === undefined || role === undefined) return undefined
  const { session, org, endsAt, lastSeenAt, reauthenticatedAt, id, login, displayName, stores, oidc } = row
  const rights = { role, permissions: permissionsOf(role), stores: storeRightsOf(stores) }
  const actor = {
    kind: 'person',
    id,
    org,
    login,
    label: displayName,
    session,
    reauthenticatedAt,
    oidc,
    ...rights,
  } as const
  return { actor, endsAt, lastSeenAt }
}

/** Ignores a role that only a later version of the code knows. */
export const roleOf = (role: string | null | undefined): Role | undefined => ROLES.find((one) => one === role)

export const storeRightsOf = (stores: readonly number[] | null): StoreRights => stores ?? 'all'
export const storesOfRights = (rights: StoreRights): number[] | null => (rights === 'all' ? null : [...new Set(rights)])

interface NewSession {
  readonly person: string
  readonly org: number
  readonly oidc: boolean
  /** When the person last proved who it is, UTC ms. */
  readonly provenAt: number
}

/** Signs a person in. The caller has checked everything, and audits. */
export async function openSession(
  manager: EntityManager,
  { now: clock, limits }: IdentityContext,
  { person, org, oidc, provenAt }: NewSession,
  origin: Origin,
): Promise<OpenedSession> {
  const now = clock()
  const token = newToken()
  await manager.getRepository(SessionEntity).insert({
    id: randomUUID(),
    token: hashOfToken(token),
    org,
    person,
    oidc,
    createdAt: now,
    lastSeenAt: now,
    endsAt: now + limits.absoluteMs,
    reauthenticatedAt: provenAt,
    userAgent: storableText(origin.userAgent, LONGEST_USER_AGENT),
    address: storableText(origin.address, MAX_ADDRESS_LENGTH),
    revokedAt: null,
  })
  const found = await findSession(manager, token, now, limits)
  if (found === undefined) throw new Error('a session was opened for a person who is not a member')
  return { token, actor: found.actor, endsAt: found.endsAt }
}

/** Ends sessions of a person: of one organisation, or of all. Returns how many. */
export async function endSessions(
  manager: EntityManager,
  now: number,
  { person, org, except }: { readonly person: string; readonly org?: number; readonly except?: string },
): Promise<number> {
  const { affected } = await manager
    .createQueryBuilder()
    .update(SessionEntity)
    .set({ revokedAt: now })
    .where('person = :person AND revoked_at IS NULL', { person })
    .andWhere(org === undefined ? 'true' : 'org = :org', { org })
    .andWhere(except === undefined ? 'true' : 'id <> :except', { except })
    .execute()
  return affected ?? 0
}

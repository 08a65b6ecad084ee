import type { EntityManager } from 'typeorm'
import { IsNull, Not } from 'typeorm'
import { placeOf, type Vault } from '../../vault'
import type { PersonActor } from '../actor'
import { OidcProviderEntity } from '../entities/oidc.entity'
import { MembershipEntity } from '../entities/person.entity'
import { currentRightsOf } from '../membership-rights'
import { ROLES } from '../roles'
import type { OidcProvider, OidcSettings } from './oidc'

export const settingsOf = ({
  org: _org,
  clientSecret: _secret,
  roleValues,
  ...row
}: OidcProviderEntity): OidcSettings => ({
  ...row,
  // Ignores a role that only a later version of the code knows.
  roleValues: roleValues.filter(({ role }) => ROLES.includes(role)),
})

/** @throws Unsealable where the key is not there */
export function providerOf(vault: Vault, row: OidcProviderEntity): OidcProvider {
  const secret = vault.open(placeOf.oidcSecret({ ...row }), row.clientSecret)
  return { ...settingsOf(row), org: row.org, clientSecret: secret.toString('utf8') }
}

interface Account {
  readonly person: string
  readonly org: number
}

/**
 * The key of the log-in that the person has to use instead of a password; `undefined`: any. Owners always may use theirs: when
 * the provider is down or set up wrongly, a person has to get in.
 */
export async function requiredLogIn(manager: EntityManager, { person, org }: Account): Promise<string | undefined> {
  const provider = await manager.getRepository(OidcProviderEntity).findOneBy({ org, required: true })
  if (provider === null) return undefined
  const isOwner = await manager.getRepository(MembershipEntity).existsBy({ org, person, role: 'owner' })
  return isOwner ? undefined : provider.loginKey
}

/** Whether another owner than this person could log in without the provider. */
export async function hasOwnerWithPassword(manager: EntityManager, org: number, except?: string): Promise<boolean> {
  const found = await manager.query<unknown[]>(
    `SELECT FROM membership m JOIN person p ON p.id = m.person
     WHERE m.org = $1 AND m.role = 'owner' AND m.disabled_at IS NULL AND p.password_hash IS NOT NULL
       AND m.person IS DISTINCT FROM $2::uuid LIMIT 1`,
    [org, except ?? null],
  )
  return found.length > 0
}

/** Who sets the provider up decides who logs in as whom: that takes the rights of every person, so those for all stores. */
export async function mayChangeProvider(manager: EntityManager, actor: PersonActor): Promise<boolean> {
  const own = await currentRightsOf(manager, actor)
  return own?.stores === 'all' && own.permissions.has('people.write')
}

/** Whether the present provider still logs the person in. */
export const isLinked = async (manager: EntityManager, { person, org }: Account): Promise<boolean> =>
  (
    await manager.query<unknown[]>(
      `SELECT FROM oidc_subject s JOIN oidc_provider o ON o.org = s.org AND o.issuer = s.issuer
       WHERE s.org = $1 AND s.person = $2`,
      [org, person],
    )
  ).length > 0

/** SQL by hand: those who cannot log in once the provider is required. */
export const MEMBERS_NOT_LINKED = `
  SELECT p.login, p.display_name AS "displayName" FROM membership m JOIN person p ON p.id = m.person
  WHERE m.org = $1 AND m.role <> 'owner' AND m.disabled_at IS NULL AND NOT EXISTS (
    SELECT FROM oidc_subject s JOIN oidc_provider o ON o.org = s.org AND o.issuer = s.issuer
    WHERE s.org = m.org AND s.person = m.person)
  ORDER BY p.login`

/** Whether another organisation would be affected by what the provider of this one says. */
export const worksElsewhere = (manager: EntityManager, { person, org }: Account): Promise<boolean> =>
  manager.getRepository(MembershipEntity).existsBy({ person, org: Not(org), disabledAt: IsNull() })

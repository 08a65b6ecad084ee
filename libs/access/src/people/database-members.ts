import type { EntityManager } from 'typeorm'
import { IsNull, MoreThan, Not } from 'typeorm'
import type { AuditDetails } from '../audit/audit-entry'
import type { Actor, PersonActor, StoreRights } from './actor'
import { isWithin } from './actor'
import { ApiKeyEntity } from './entities/api-key.entity'
import { OneTimeLinkEntity } from './entities/one-time-link.entity'
import { OidcProviderEntity } from './entities/oidc.entity'
import { MembershipEntity, PersonEntity } from './entities/person.entity'
import type { IdentityContext } from './identity-context'
import { currentRightsOf, endGiftsBeyond, rightsOf } from './membership-rights'
import { permissionsOf } from './roles'
import { isUsableLogin, normalisedLogin } from './login-name'
import type {
  AlsoEnds,
  Invitation,
  LinkResult,
  Member,
  MemberRefusal,
  MemberResult,
  Members,
  NewMember,
} from './members'
import { hasOwnerWithPassword, worksElsewhere } from './oidc/oidc-providers'
import { makeLink, voidLinks } from './one-time-tokens'
import { endSessions, roleOf, storeRightsOf, storesOfRights } from './open-sessions'
import { removeSecondFactor } from './second-factor/second-factors'
import { lockMembers } from './lock-members'
import { areStoresOf } from './stores-of'
import { actorTransaction, auditNow } from './tenant-transaction'
import { isUuid } from './uuid'

/** SQL by hand: a person with rights, second factor and last use in one statement. */
const LIST_MEMBERS = `
  SELECT p.id, p.login, p.display_name AS "displayName", m.role, m.stores, m.granted_by AS "grantedBy",
    m.granted_at AS "grantedAt", m.disabled_at AS "disabledAt",
    EXISTS (SELECT FROM totp t WHERE t.person = p.id AND t.confirmed_at IS NOT NULL)
      OR EXISTS (SELECT FROM passkey k WHERE k.person = p.id) AS "secondFactor",
    (SELECT max(s.last_seen_at) FROM session s WHERE s.person = p.id AND s.org = m.org) AS "lastSeenAt"
  FROM membership m JOIN person p ON p.id = m.person WHERE m.org = $1 ORDER BY p.login`

type MemberListRow = Omit<Member, 'role' | 'stores'> & { readonly role: string; readonly stores: number[] | null }

const memberChanged: MemberResult = { outcome: 'done' }
const refuseMemberChange = (reason: MemberRefusal) => ({ outcome: 'refused', reason }) as const

export class DatabaseMembers implements Members {
  constructor(private readonly context: IdentityContext) {}

  async list({ org }: Pick<Actor, 'org'>): Promise<Member[]> {
    const rows = await this.context.database.query<MemberListRow[]>(LIST_MEMBERS, [org])
    return rows.flatMap(({ role: written, stores, ...row }) => {
      const role = roleOf(written)
      return role === undefined ? [] : [{ ...row, role, stores: storeRightsOf(stores) }]
    })
  }

  async invitations({ org }: Pick<Actor, 'org'>): Promise<Invitation[]> {
    const { database, now: clock } = this.context
    const links = await database.getRepository(OneTimeLinkEntity).find({
      where: { org, purpose: 'invite', endedAt: IsNull(), expiresAt: MoreThan(clock()) },
      order: { madeAt: 'DESC', id: 'ASC' },
    })
    return links.flatMap(({ id, role: written, stores, login, madeBy, expiresAt }) => {
      const role = roleOf(written)
      if (role === undefined) return []
      return [{ id, role, stores: storeRightsOf(stores), login, invitedBy: madeBy ?? '', expiresAt }]
    })
  }

  invite(actor: PersonActor, { role, stores, login }: NewMember): Promise<LinkResult> {
    return actorTransaction(this.context, actor, async (manager, now): Promise<LinkResult> => {
      await lockMembers(manager, actor.org)
      const preset = login === undefined ? undefined : normalisedLogin(login)
      if (!(await this.mayGive(manager, actor, { role, stores }))) return refuseMemberChange('more-than-own-rights')
      if (!(await areStoresOf(manager, actor.org, stores))) return refuseMemberChange('no-such-store')
      if (preset !== undefined && !isUsableLogin(preset)) return refuseMemberChange('login-unusable')
      // A person of other organisations may be invited, and joins with the log-in of there.
      if (preset !== undefined && (await isLoginOfMember(manager, actor.org, preset)))
        return refuseMemberChange('login-taken')
      const rights = { role, stores: storesOfRights(stores) }
      const { id, token, expiresAt } = await makeLink(
        manager,
        {
          purpose: 'invite',
          org: actor.org,
          madeBy: actor.id,
          ...rights,
          ...(preset === undefined ? {} : { login: preset }),
        },
        now,
      )
      await auditNow(this.context, manager, actor, 'person.invited', `link:${id}`, rightsDetails(role, stores))
      return { outcome: 'made', token, expiresAt }
    })
  }

  async withdrawInvitation(actor: PersonActor, invitation: string): Promise<boolean> {
    if (!isUuid(invitation)) return false
    return actorTransaction(this.context, actor, async (manager, now) => {
      const { affected } = await manager
        .getRepository(OneTimeLinkEntity)
        .update({ id: invitation, org: actor.org, purpose: 'invite', endedAt: IsNull() }, { endedAt: now })
      if (affected !== 1) return false
      await auditNow(this.context, manager, actor, 'invitation.withdrawn', `link:${invitation}`)
      return true
    })
  }

  changeRights(
    actor: PersonActor,
    person: string,
    { role, stores }: Pick<NewMember, 'role' | 'stores'>,
  ): Promise<MemberResult> {
    return this.withMember(actor, person, async (manager, member, now) => {
      if (!(await this.mayGive(manager, actor, { role, stores }))) return refuseMemberChange('more-than-own-rights')
      if (!(await areStoresOf(manager, actor.org, stores))) return refuseMemberChange('no-such-store')
      const remains = role === 'owner' && (stores === 'all' || member.stores !== null)
      if (!remains && (await this.isLastOwner(manager, member))) return refuseMemberChange('last-owner')
      await manager
        .getRepository(MembershipEntity)
        .update(keyOf(member), { role, stores: storesOfRights(stores), grantedBy: actor.id, grantedAt: now })
      const ended = await endGiftsBeyond(manager, member, { permissions: permissionsOf(role), stores }, now)
      await auditNow(this.context, manager, actor, 'membership.changed', `person:${person}`, {
        ...rightsDetails(role, stores),
        ...ended,
      })
      return memberChanged
    })
  }

  disable(actor: PersonActor, person: string, andAlso?: AlsoEnds): Promise<MemberResult> {
    return this.withMember(actor, person, async (manager, member, now) => {
      if (await this.isLastOwner(manager, member)) return refuseMemberChange('last-owner')
      if (member.disabledAt !== null) return memberChanged
      const { org } = member
      await manager.getRepository(MembershipEntity).update(keyOf(member), { disabledAt: now })
      const sessions = await endSessions(manager, now, { person, org })
      const { affected: keys = 0 } = await manager
        .getRepository(ApiKeyEntity)
        .update({ org, createdBy: person, revokedAt: IsNull() }, { revokedAt: now })
      const { affected: invitations } = await manager
        .getRepository(OneTimeLinkEntity)
        .update({ org, madeBy: person, purpose: 'invite', endedAt: IsNull() }, { endedAt: now })
      const { login } = await manager.getRepository(PersonEntity).findOneByOrFail({ id: person })
      const also = (await andAlso?.(manager, { id: person, login })) ?? {}
      await auditNow(this.context, manager, actor, 'membership.disabled', `person:${person}`, {
        ...also,
        sessions,
        keys: keys ?? 0,
        invitations: invitations ?? 0,
      })
      return memberChanged
    })
  }

  enable(actor: PersonActor, person: string): Promise<MemberResult> {
    return this.withMember(actor, person, async (manager, member) => {
      if (member.disabledAt === null) return memberChanged
      await manager.getRepository(MembershipEntity).update(keyOf(member), { disabledAt: null })
      await auditNow(this.context, manager, actor, 'membership.enabled', `person:${person}`)
      return memberChanged
    })
  }

  resetLink(actor: PersonActor, person: string): Promise<LinkResult> {
    return this.withMember(actor, person, async (manager, { org }, now): Promise<LinkResult> => {
      if (await worksElsewhere(manager, { person, org })) return refuseMemberChange('also-member-elsewhere')
      await voidLinks(manager, { purpose: 'reset', person }, now)
      const { id, token, expiresAt } = await makeLink(manager, { purpose: 'reset', org, person, madeBy: actor.id }, now)
      await auditNow(this.context, manager, actor, 'password.reset-offered', `person:${person}`, { link: id })
      return { outcome: 'made', token, expiresAt }
    })
  }

  removeSecondFactor(actor: PersonActor, person: string): Promise<MemberResult> {
    return this.withMember(actor, person, async (manager, { org }) => {
      if (await worksElsewhere(manager, { person, org })) return refuseMemberChange('also-member-elsewhere')
      if (await removeSecondFactor(manager, person))
        await auditNow(this.context, manager, actor, 'second-factor.removed', `person:${person}`)
      return memberChanged
    })
  }

  /** One change at a time in an organisation: two owners cannot remove each other's rights concurrently. */
  private async withMember<T>(
    actor: PersonActor,
    person: string,
    work: (manager: EntityManager, member: MembershipEntity, now: number) => Promise<T>,
  ): Promise<T | { readonly outcome: 'refused'; readonly reason: MemberRefusal }> {
    if (!isUuid(person)) return refuseMemberChange('no-such-person')
    return actorTransaction(this.context, actor, async (manager, now) => {
      await lockMembers(manager, actor.org)
      const member = await manager.getRepository(MembershipEntity).findOneBy({ org: actor.org, person })
      if (member === null) return refuseMemberChange('no-such-person')
      const own = await currentRightsOf(manager, actor)
      // Else a link for a new password would give the rights of the person to the actor.
      if (own === undefined || !isWithin(rightsOf(member), own)) return refuseMemberChange('more-than-own-rights')
      return work(manager, member, now)
    })
  }

  private async mayGive(
    manager: EntityManager,
    actor: PersonActor,
    { role, stores }: Pick<NewMember, 'role' | 'stores'>,
  ): Promise<boolean> {
    const own = await currentRightsOf(manager, actor)
    return own !== undefined && isWithin({ permissions: permissionsOf(role), stores }, own)
  }

  /** Of owners of all stores one must remain, too: others cannot give the rights for all stores again. */
  private async isLastOwner(
    manager: EntityManager,
    { org, person, role, stores, disabledAt }: MembershipEntity,
  ): Promise<boolean> {
    if (role !== 'owner' || disabledAt !== null) return false
    const alike = stores === null ? { stores: IsNull() } : {}
    const others = { org, role: 'owner', disabledAt: IsNull(), person: Not(person), ...alike }
    if (!(await manager.getRepository(MembershipEntity).existsBy(others))) return true
    // Where the provider is required, one person must be able to get in without it.
    const required = await manager.getRepository(OidcProviderEntity).existsBy({ org, required: true })
    return required && !(await hasOwnerWithPassword(manager, org, person)) && (await hasOwnerWithPassword(manager, org))
  }
}

const keyOf = ({ org, person }: MembershipEntity) => ({ org, person })
const rightsDetails = (role: string, stores: StoreRights): AuditDetails => ({ role, stores })

/** Also of one who is disabled. */
async function isLoginOfMember(manager: EntityManager, org: number, login: string): Promise<boolean> {
  const person = await manager.getRepository(PersonEntity).findOneBy({ login })
  return person !== null && (await manager.getRepository(MembershipEntity).existsBy({ org, person: person.id }))
}

import type { EntityManager } from 'typeorm'
import type { PersonActor } from './actor'
import { auditNow } from './tenant-transaction'
import type { OneTimeLinkEntity } from './entities/one-time-link.entity'
import { MembershipEntity, PersonEntity } from './entities/person.entity'
import type { IdentityContext } from './identity-context'
import type { JoinResult } from './links'
import { lockMembers } from './lock-members'
import { moveSession } from './move-session'
import { requiredLogIn } from './oidc/oidc-providers'
import { useLink } from './one-time-tokens'

/** The link or the session was used up concurrently: the transaction is rolled back. */
export class NotJoined extends Error {}

/**
 * Gives a person who has a log-in the membership of an invitation, and lets the session go on there. In a transaction of the
 * invitation's organisation.
 *
 * @throws NotJoined
 */
export async function joinOrganisation(
  manager: EntityManager,
  context: IdentityContext,
  link: OneTimeLinkEntity,
  actor: PersonActor,
): Promise<JoinResult> {
  const { org, purpose } = link
  // The administrator of one organisation's provider could otherwise join others for its people.
  if (actor.oidc) return { outcome: 'refused', reason: 'link-not-usable' }
  const now = context.now()
  if (link.login !== null && link.login !== actor.login) return { outcome: 'refused', reason: 'link-of-another-login' }
  await lockMembers(manager, org)
  // Until this ends no other organisation sets the password: the new one has not agreed to that.
  await manager
    .getRepository(PersonEntity)
    .findOneOrFail({ where: { id: actor.id }, lock: { mode: 'pessimistic_write' } })
  const members = manager.getRepository(MembershipEntity)
  // Also a disabled one: an owner has ended it, and only an owner gives it back.
  if (await members.existsBy({ org, person: actor.id })) return { outcome: 'refused', reason: 'already-member' }
  if (!(await useLink(manager, link.id, now))) throw new NotJoined()
  await members.insert({
    ...{ org, person: actor.id, ...rightsOfLink(link) },
    ...{ grantedBy: link.madeBy, grantedAt: now, disabledAt: null },
  })
  // Where only the organisation's own provider logs in, the invitation is opened through that.
  if ((await requiredLogIn(manager, { person: actor.id, org })) !== undefined) throw new NotJoined()
  const joined = { ...actor, org }
  await auditNow(context, manager, joined, 'link.used', `link:${link.id}`, { purpose, joined: true })
  if (!(await moveSession(context, manager, actor, org))) throw new NotJoined()
  return { outcome: 'joined' }
}

/** Role and stores of who uses the link. */
export const rightsOfLink = ({ purpose, role, stores }: Pick<OneTimeLinkEntity, 'purpose' | 'role' | 'stores'>) =>
  purpose === 'owner' ? { role: 'owner', stores: null } : { role: role ?? 'pre-sale-agent', stores }

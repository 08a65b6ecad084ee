import type { EntityManager } from 'typeorm'
import { IsNull, MoreThan } from 'typeorm'
import { withTenants } from '#event-store'
import type { PersonActor } from './actor'
import { SessionEntity } from './entities/session.entity'
import type { IdentityContext } from './identity-context'
import { auditNow } from './tenant-transaction'

/**
 * Lets a session go on in another organisation. Both have it in their audit, neither learns which the other one is.
 * The caller has checked the membership. `false`: the session has ended.
 */
export async function moveSession(
  context: IdentityContext,
  manager: EntityManager,
  actor: PersonActor,
  org: number,
): Promise<boolean> {
  const { affected } = await manager
    .getRepository(SessionEntity)
    .update({ id: actor.session, revokedAt: IsNull(), endsAt: MoreThan(context.now()) }, { org })
  if (affected !== 1) return false
  // In the order of their numbers: two sessions that move in opposite directions would otherwise wait for each other.
  for (const one of [...new Set([actor.org, org])].sort((a, b) => a - b))
    await withTenants([one], () =>
      auditNow(context, manager, { ...actor, org: one }, 'session.switched', `session:${actor.session}`, {
        direction: one === org ? 'here' : 'away',
      }),
    )
  return true
}

import type { EntityManager } from 'typeorm'
import { IsNull, LessThan, MoreThan } from 'typeorm'
import type { AuditDetails } from '../audit/audit-entry'
import type { PersonActor } from './actor'
import { PersonEntity } from './entities/person.entity'
import { SessionEntity } from './entities/session.entity'
import type { IdentityContext } from './identity-context'
import { moveSession } from './move-session'
import { endSessions, findSession } from './open-sessions'
import type { Origin } from './origin'
import { requiredLogIn } from './oidc/oidc-providers'
import { checkOwnPassword } from './own-password'
import { usePasskey } from './passkeys/stored-passkeys'
import { hasSecondFactor, useCode } from './second-factor/second-factors'
import type { Proof, ReauthenticationResult, SessionRow, Sessions } from './sessions'
import { codeScope } from './throttle'
import { actorTransaction, auditNow } from './tenant-transaction'
import { isUuid } from './uuid'

/** Use is noted this often: not with every request. */
const NOTED_EVERY_MS = 60_000

export class DatabaseSessions implements Sessions {
  constructor(private readonly context: IdentityContext) {}

  async find(token: string, { noteUse = true } = {}): Promise<PersonActor | undefined> {
    const { database, limits, now: clock } = this.context
    const now = clock()
    const found = await findSession(database, token, now, limits)
    if (found === undefined) return undefined
    const { actor, lastSeenAt } = found
    const dueAt = lastSeenAt + Math.min(NOTED_EVERY_MS, limits.idleMs / 10)
    if (noteUse && now >= dueAt)
      await database
        .getRepository(SessionEntity)
        .update({ id: actor.session, lastSeenAt: LessThan(now) }, { lastSeenAt: now })
    return actor
  }

  async list(actor: PersonActor): Promise<SessionRow[]> {
    const { database, limits, now: clock } = this.context
    const now = clock()
    const rows = await database.getRepository(SessionEntity).find({
      where: {
        person: actor.id,
        ...ownReach(actor),
        revokedAt: IsNull(),
        endsAt: MoreThan(now),
        lastSeenAt: MoreThan(now - limits.idleMs),
      },
      order: { createdAt: 'DESC', id: 'ASC' },
    })
    return rows.map(({ id, createdAt, lastSeenAt, endsAt, userAgent, address }) => ({
      ...{ id, createdAt, lastSeenAt, endsAt, userAgent, address },
    }))
  }

  async revoke(actor: PersonActor, session: string): Promise<boolean> {
    if (!isUuid(session)) return false
    return actorTransaction(this.context, actor, async (manager, now) => {
      const { affected } = await manager
        .getRepository(SessionEntity)
        .update(
          { id: session, person: actor.id, ...ownReach(actor), revokedAt: IsNull(), endsAt: MoreThan(now) },
          { revokedAt: now },
        )
      if (affected !== 1) return false
      await auditNow(this.context, manager, actor, 'session.revoked', `session:${session}`)
      return true
    })
  }

  revokeOthers(actor: PersonActor): Promise<number> {
    return actorTransaction(this.context, actor, async (manager, now) => {
      const ended = await endSessions(manager, now, { person: actor.id, ...ownReach(actor), except: actor.session })
      await auditNow(this.context, manager, actor, 'session.others-revoked', `person:${actor.id}`, { sessions: ended })
      return ended
    })
  }

  signOut(actor: PersonActor): Promise<void> {
    return actorTransaction(this.context, actor, async (manager, now) => {
      await manager.getRepository(SessionEntity).update({ id: actor.session, revokedAt: IsNull() }, { revokedAt: now })
      await auditNow(this.context, manager, actor, 'session.closed', `session:${actor.session}`)
    })
  }

  reauthenticate(actor: PersonActor, proof: Proof, origin: Origin): Promise<ReauthenticationResult> {
    if ('password' in proof) return this.byPassword(actor, proof.password, origin)
    const { vault } = this.context
    return this.bySecondFactor(actor, async (manager, now) => {
      if ('code' in proof) {
        const by = await useCode(manager, vault, actor.id, proof.code, now)
        return { isRight: by !== undefined, audited: { by: by ?? 'code' } }
      }
      const use = { purpose: 'proof', bound: actor.session } as const
      const found = await usePasskey(manager, actor.id, use, proof.passkey, now)
      return found.used === undefined
        ? { isRight: false, audited: { by: 'passkey', reason: found.reason } }
        : { isRight: true, audited: { by: 'passkey', passkey: found.used } }
    })
  }

  private async byPassword(actor: PersonActor, password: string, origin: Origin): Promise<ReauthenticationResult> {
    const { database } = this.context
    // Who has a second factor proves who they are by it: a password may have been read over the shoulder.
    if (await hasSecondFactor(database.manager, actor.id))
      return actorTransaction(this.context, actor, (manager) =>
        this.notProven(manager, actor, { by: 'password-alone' }),
      )
    const { passwordHash } = await database.getRepository(PersonEntity).findOneByOrFail({ id: actor.id })
    // The owner of the demonstration has nothing to prove anything by: a link printed at the start signed in.
    if (passwordHash === null && !actor.oidc)
      return actorTransaction(this.context, actor, (manager) => this.proven(manager, actor, { by: 'nothing-to-prove' }))
    const checked = await checkOwnPassword(this.context, actor, password, origin)
    if (checked.outcome === 'wrong') return { outcome: 'refused' }
    if (checked.outcome !== 'right') return checked
    return actorTransaction(this.context, actor, (manager) => this.proven(manager, actor, { by: 'password' }))
  }

  private async bySecondFactor(
    actor: PersonActor,
    check: (manager: EntityManager, now: number) => Promise<{ isRight: boolean; audited: AuditDetails }>,
  ): Promise<ReauthenticationResult> {
    const { throttle, now: clock } = this.context
    const scope = codeScope(actor.id)
    const until = await throttle.charge(scope, clock())
    if (until !== undefined) return { outcome: 'throttled', until }
    return actorTransaction(this.context, actor, async (manager, now) => {
      const { isRight, audited } = await check(manager, now)
      if (!isRight) return this.notProven(manager, actor, audited)
      await throttle.clear(manager, scope)
      return this.proven(manager, actor, audited)
    })
  }

  private async proven(
    manager: EntityManager,
    actor: PersonActor,
    details: AuditDetails,
  ): Promise<ReauthenticationResult> {
    const at = this.context.now()
    await manager.getRepository(SessionEntity).update({ id: actor.session }, { reauthenticatedAt: at })
    await auditNow(this.context, manager, actor, 'session.reauthenticated', `session:${actor.session}`, details)
    return { outcome: 'done', at }
  }

  private async notProven(
    manager: EntityManager,
    actor: PersonActor,
    details: AuditDetails,
  ): Promise<ReauthenticationResult> {
    const subject = `session:${actor.session}`
    await auditNow(this.context, manager, actor, 'session.reauthentication-refused', subject, details)
    return { outcome: 'refused' }
  }

  async switchTo(actor: PersonActor, organisation: string): Promise<boolean> {
    // The administrator of one organisation's provider could otherwise enter other organisations of its people.
    if (actor.oidc) return false
    return actorTransaction(this.context, actor, async (manager) => {
      const [row] = await manager.query<{ org: number }[]>(
        `SELECT m.org FROM membership m
         WHERE m.person = $1 AND m.org = (SELECT id FROM find_organisation($2)) AND m.disabled_at IS NULL`,
        [actor.id, organisation],
      )
      if (row === undefined) return false
      if ((await requiredLogIn(manager, { person: actor.id, org: row.org })) !== undefined) return false
      return moveSession(this.context, manager, actor, row.org)
    })
  }
}

/** What the provider of one organisation opened neither shows nor ends anything of the others. */
const ownReach = ({ org, oidc }: PersonActor): { readonly org?: number } => (oidc ? { org } : {})

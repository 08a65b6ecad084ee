import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import { appendAudit } from '../../audit/audit'
import { finishFirstFactor } from '../database-sign-in'
import { OidcProviderEntity, OidcSubjectEntity } from '../entities/oidc.entity'
import { OneTimeLinkEntity } from '../entities/one-time-link.entity'
import { MembershipEntity } from '../entities/person.entity'
import { SessionEntity } from '../entities/session.entity'
import type { IdentityContext } from '../identity-context'
import { NotOpened, type InvitedPeople } from '../invited-people'
import { useLink } from '../one-time-tokens'
import { roleOf } from '../open-sessions'
import type { Origin } from '../origin'
import { hasSecondFactor } from '../second-factor/second-factors'
import { tenantTransaction } from '../tenant-transaction'
import { addressScope } from '../throttle'
import type { OidcAttempt, OidcRefusal, OidcResult, VerifiedSubject } from './oidc'
import { mayLogIn } from './oidc-rules'

/** Providers' clocks may be behind ours. */
const CLOCK_SKEW_MS = 30_000

/** Nothing of the transaction remains, except the entry that says why. */
class NotFinished extends Error {
  constructor(
    readonly reason: OidcRefusal,
    readonly person = 'unknown',
  ) {
    super(reason)
  }
}

/**
 * Who a subject of a provider is. A subject is linked by opening an invitation or by the person who is logged in, never because
 * an e-mail address is the same: a provider's e-mail addresses are reused, renamed and typed by its administrators, so the
 * next owner of a colleague's address there would be given the colleague's account here.
 */
export class OidcSubjects {
  constructor(
    private readonly context: IdentityContext,
    private readonly invited: InvitedPeople,
  ) {}

  async finish(attempt: OidcAttempt, subject: VerifiedSubject, origin: Origin): Promise<OidcResult> {
    const { database, throttle } = this.context
    // A genuine answer of the provider is no guess. Those of people who are signed in were not counted as one.
    if (attempt.session === null) await throttle.takeBack(database.manager, addressScope(origin.address))
    try {
      return await tenantTransaction(database, attempt.org, (manager) =>
        this.finished(manager, attempt, subject, origin),
      )
    } catch (error) {
      if (error instanceof NotOpened)
        return error.result.outcome === 'flawed' ? error.result : { outcome: 'refused', reason: 'link-not-usable' }
      if (!(error instanceof NotFinished)) throw error
      await tenantTransaction(database, attempt.org, (manager) => this.auditRefusal(manager, attempt, error))
      return { outcome: 'refused', reason: error.reason }
    }
  }

  private auditRefusal(manager: EntityManager, { org, purpose }: OidcAttempt, { reason, person }: NotFinished) {
    const entry = { org, actor: 'anonymous', action: 'sign-in.refused', subject: `person:${person}` }
    return appendAudit(manager, { ...entry, details: { by: 'oidc', purpose, reason } }, this.context.now())
  }

  private async finished(
    manager: EntityManager,
    attempt: OidcAttempt,
    subject: VerifiedSubject,
    origin: Origin,
  ): Promise<OidcResult> {
    switch (attempt.purpose) {
      case 'sign-in':
        return this.signIn(manager, attempt, subject, origin)
      case 'invitation':
        return this.openInvitation(manager, attempt, subject, origin)
      case 'link':
        return this.link(manager, attempt, subject)
      case 'proof':
        return this.prove(manager, attempt, subject)
    }
  }

  private async signIn(manager: EntityManager, { org }: OidcAttempt, subject: VerifiedSubject, origin: Origin) {
    const person = await this.linkedPerson(manager, org, subject)
    const now = this.context.now()
    await manager.getRepository(OidcSubjectEntity).update(keyOf(org, subject), { lastUsedAt: now })
    return finishFirstFactor(manager, this.context, { person, org, provenAt: this.provenAt(subject) }, origin, 'oidc')
  }

  private provenAt({ authenticatedAt }: VerifiedSubject): number {
    return Math.min(authenticatedAt ?? 0, this.context.now())
  }

  /** The enabled member who is linked, and may log in with these claims. */
  private async linkedPerson(manager: EntityManager, org: number, subject: VerifiedSubject): Promise<string> {
    const found = await manager.getRepository(OidcSubjectEntity).findOneBy(keyOf(org, subject))
    if (found === null) throw new NotFinished('not-linked')
    const { person } = found
    const member = await manager.getRepository(MembershipEntity).findOneBy({ org, person })
    if (member === null || member.disabledAt !== null) throw new NotFinished('person-disabled', person)
    await this.requireAllowed(manager, org, member.role, subject, person)
    return person
  }

  private async requireAllowed(
    manager: EntityManager,
    org: number,
    role: string | null,
    subject: VerifiedSubject,
    person?: string,
  ): Promise<void> {
    const rules = await manager.getRepository(OidcProviderEntity).findOneBy({ org })
    if (rules === null || !mayLogIn(rules, roleOf(role), subject)) throw new NotFinished('not-allowed', person)
  }

  private async openInvitation(
    manager: EntityManager,
    { org, link: id, login, displayName }: OidcAttempt,
    subject: VerifiedSubject,
    origin: Origin,
  ): Promise<OidcResult> {
    const now = this.context.now()
    const link = await manager.getRepository(OneTimeLinkEntity).findOneBy({ id: id ?? '', org, purpose: 'invite' })
    if (link === null || !(await useLink(manager, link.id, now))) throw new NotFinished('link-not-usable')
    await this.requireAllowed(manager, org, link.role, subject)
    const names = { login: login ?? '', displayName: displayName ?? '', passwordHash: null }
    const person = await this.invited.enrol(manager, link, names)
    await this.insertLink(manager, org, subject, person)
    const entry = { org, actor: `person:${person}`, action: 'link.used', subject: `link:${link.id}` }
    await appendAudit(manager, { ...entry, details: { purpose: 'invite', by: 'oidc' } }, now)
    return finishFirstFactor(manager, this.context, { person, org, provenAt: this.provenAt(subject) }, origin, 'oidc')
  }

  private async link(manager: EntityManager, attempt: OidcAttempt, subject: VerifiedSubject): Promise<OidcResult> {
    const { org } = attempt
    const { person } = await this.sessionOf(manager, attempt)
    const member = await manager.getRepository(MembershipEntity).findOneBy({ org, person, disabledAt: IsNull() })
    if (member === null) throw new NotFinished('person-disabled', person)
    await this.requireAllowed(manager, org, member.role, subject, person)
    const subjects = manager.getRepository(OidcSubjectEntity)
    const own = await subjects.findOneBy({ org, person })
    // That of an earlier issuer logs no person in any more.
    if (own !== null && own.issuer !== subject.issuer) await subjects.delete({ org, person })
    await this.insertLink(manager, org, subject, person)
    const entry = { org, actor: `person:${person}`, action: 'oidc.linked', subject: `person:${person}` }
    await appendAudit(manager, { ...entry, details: {} }, this.context.now())
    return { outcome: 'linked' }
  }

  private async insertLink(manager: EntityManager, org: number, subject: VerifiedSubject, person: string) {
    const { raw } = await manager
      .createQueryBuilder()
      .insert()
      .into(OidcSubjectEntity)
      .values({ ...keyOf(org, subject), person, linkedAt: this.context.now(), lastUsedAt: null })
      .orIgnore()
      .returning('org')
      .execute()
    if ((raw as unknown[]).length === 0) throw new NotFinished('already-linked', person)
  }

  /**
   * Counts for a session that the provider opened, and for a person without a second factor: that is what proves who such a
   * person is.
   */
  private async prove(manager: EntityManager, attempt: OidcAttempt, subject: VerifiedSubject): Promise<OidcResult> {
    const { org, beganAt } = attempt
    const { id, person, oidc } = await this.sessionOf(manager, attempt)
    if ((await this.linkedPerson(manager, org, subject)) !== person) throw new NotFinished('other-person', person)
    const at = subject.authenticatedAt
    if (!oidc || at === undefined || at < beganAt - CLOCK_SKEW_MS) throw new NotFinished('not-fresh', person)
    if (await hasSecondFactor(manager, person)) throw new NotFinished('code-wanted', person)
    const now = this.context.now()
    await manager.getRepository(SessionEntity).update({ id }, { reauthenticatedAt: now })
    const entry = { org, actor: `person:${person}`, action: 'session.reauthenticated', subject: `session:${id}` }
    await appendAudit(manager, { ...entry, details: { by: 'oidc' } }, now)
    return { outcome: 'proven', at: now }
  }

  private async sessionOf(manager: EntityManager, { org, session }: OidcAttempt): Promise<SessionEntity> {
    const where = { id: session ?? '', org, revokedAt: IsNull() }
    const found = session === null ? null : await manager.getRepository(SessionEntity).findOneBy(where)
    if (found === null) throw new NotFinished('session-ended')
    return found
  }
}

const keyOf = (org: number, { issuer, subject }: VerifiedSubject) => ({ org, issuer, subject })

import type { EntityManager } from 'typeorm'
import { withTenants } from '#event-store'
import { placeOf } from '../../vault'
import type { PersonActor } from '../actor'
import { enrolmentFlaws, namesOf, type InvitedPeople } from '../invited-people'
import { OidcProviderEntity, OidcSubjectEntity } from '../entities/oidc.entity'
import { PersonEntity } from '../entities/person.entity'
import type { IdentityContext } from '../identity-context'
import { lockMembers } from '../lock-members'
import { findLink } from '../one-time-tokens'
import type { Origin } from '../origin'
import { actorTransaction, auditNow, tenantTransaction } from '../tenant-transaction'
import { addressScope } from '../throttle'
import { newToken } from '../tokens'
import type { BeginResult, NewOidcSettings, Oidc, OidcAttempt, OidcResult, RedeemResult, VerifiedSubject } from './oidc'
import { attemptOf, findAttempt, isOwnAttempt, makeAttempt, type NewAttempt, useAttempt } from './oidc-attempts'
import {
  MEMBERS_NOT_LINKED,
  hasOwnerWithPassword,
  mayChangeProvider,
  providerOf,
  requiredLogIn,
  settingsOf,
} from './oidc-providers'
import { OidcSubjects } from './oidc-subjects'

export class DatabaseOidc implements Oidc {
  private readonly subjects: OidcSubjects

  constructor(
    private readonly context: IdentityContext,
    invited: InvitedPeople,
  ) {
    this.subjects = new OidcSubjects(context, invited)
  }

  async settings({ org }: Pick<PersonActor, 'org'>) {
    const row = await this.providers().findOneBy({ org })
    return row === null ? undefined : settingsOf(row)
  }

  notLinked({ org }: Pick<PersonActor, 'org'>) {
    return this.context.database.query<{ login: string; displayName: string }[]>(MEMBERS_NOT_LINKED, [org])
  }

  saveSettings(actor: PersonActor, { clientSecret, ...wish }: NewOidcSettings) {
    const { vault } = this.context
    return actorTransaction(this.context, actor, async (manager, now) => {
      const { org } = actor
      await lockMembers(manager, org)
      if (!(await mayChangeProvider(manager, actor))) return 'more-than-own-rights' as const
      if (wish.required && !(await hasOwnerWithPassword(manager, org))) return 'owner-without-password' as const
      const providers = manager.getRepository(OidcProviderEntity)
      const known = await providers.findOneBy({ org })
      const isSameClient = known?.issuer === wish.issuer && known.clientId === wish.clientId
      // A secret is never sent to another issuer than the one that it was entered for.
      if (clientSecret === undefined && !isSameClient) return 'secret-missing' as const
      const place = placeOf.oidcSecret({ org, issuer: wish.issuer, clientId: wish.clientId })
      const values = {
        ...{ ...wish, emailDomains: [...wish.emailDomains], roleValues: [...wish.roleValues], changedAt: now },
        ...(clientSecret === undefined ? {} : { clientSecret: vault.seal(place, Buffer.from(clientSecret)) }),
      }
      if (known !== null) await providers.update({ org }, values)
      else await providers.insert({ ...values, org, loginKey: newKey() } as OidcProviderEntity)
      // An issuer is changed because it is not to be trusted any more, too.
      const sessions = known === null || isSameClient ? 0 : await this.endSessions(manager, actor)
      await auditNow(this.context, manager, actor, 'oidc.saved', `organisation:${org}`, {
        ...(sessions > 0 ? { sessions } : {}),
        ...{ required: wish.required, issuerChanged: known?.issuer !== wish.issuer },
        ...{ secretChanged: clientSecret !== undefined, domains: wish.emailDomains.length },
        roles: wish.roleValues.map(({ role }) => role),
      })
      return 'saved' as const
    })
  }

  removeSettings(actor: PersonActor) {
    return actorTransaction(this.context, actor, async (manager) => {
      const { org } = actor
      await lockMembers(manager, org)
      if (!(await mayChangeProvider(manager, actor))) return 'more-than-own-rights' as const
      const { affected } = await manager.getRepository(OidcProviderEntity).delete({ org })
      if (affected !== 1) return 'none' as const
      // Sessions that the provider opened end with it; the links remain, for the same issuer may be entered again.
      const sessions = await this.endSessions(manager, actor)
      await auditNow(this.context, manager, actor, 'oidc.removed', `organisation:${org}`, { sessions })
      return 'removed' as const
    })
  }

  /** Those that the provider opened, except the actor's own; answers how many. */
  private async endSessions(manager: EntityManager, { org, session }: PersonActor): Promise<number> {
    const [, ended] = await manager.query<[unknown[], number]>(
      'UPDATE session SET revoked_at = $2 WHERE org = $1 AND oidc AND revoked_at IS NULL AND id <> $3',
      [org, this.context.now(), session],
    )
    return ended
  }

  async beginSignIn(loginKey: string, browser: string, origin: Origin): Promise<BeginResult> {
    const until = await this.charge(origin)
    if (until !== undefined) return { outcome: 'throttled', until }
    const row = await this.providers().findOneBy({ loginKey })
    if (row === null) return { outcome: 'unknown' }
    return this.begun(row, { org: row.org, purpose: 'sign-in', browser })
  }

  async beginInvitation(
    answers: { readonly token: string; readonly login?: string; readonly displayName?: string },
    browser: string,
    origin: Origin,
  ): Promise<BeginResult> {
    const until = await this.charge(origin)
    if (until !== undefined) return { outcome: 'throttled', until }
    const { database, now } = this.context
    const link = await findLink(database.manager, answers.token, now())
    if (link?.purpose !== 'invite') return { outcome: 'unknown' }
    const row = await this.providers().findOneBy({ org: link.org })
    if (row === null) return { outcome: 'unknown' }
    const names = namesOf(link, answers)
    const flaws = enrolmentFlaws(names)
    if (await database.getRepository(PersonEntity).existsBy({ login: names.login })) flaws.push('login-taken')
    if (flaws.length > 0) return { outcome: 'flawed', flaws }
    return this.begun(row, { org: link.org, purpose: 'invitation', browser, link: link.id, ...names })
  }

  async beginOwn({ org, session }: PersonActor, purpose: 'link' | 'proof', browser: string): Promise<BeginResult> {
    const row = await this.providers().findOneBy({ org })
    return row === null ? { outcome: 'unknown' } : this.begun(row, { org, purpose, browser, session })
  }

  /** Counts as a failure until a log-in succeeds: the key of another organisation cannot be guessed, nor rows be piled up. */
  private charge({ address }: Origin): Promise<number | undefined> {
    return this.context.throttle.charge(addressScope(address), this.context.now())
  }

  private async begun(row: OidcProviderEntity, attempt: NewAttempt): Promise<BeginResult> {
    const { database, vault, now } = this.context
    const provider = await withTenants([row.org], async () => providerOf(vault, row))
    const state = await tenantTransaction(database, row.org, (manager) => makeAttempt(manager, attempt, now()))
    return { outcome: 'begun', provider, purpose: attempt.purpose, state }
  }

  async redeem(state: string, browser: string, actor: PersonActor | undefined): Promise<RedeemResult> {
    const { database, vault, now } = this.context
    const found = await findAttempt(database.manager, state)
    const refused = { outcome: 'refused' } as const
    if (found === null || !isOwnAttempt(found, { browser, session: actor?.session })) return refused
    const { org } = found
    // Used before the provider is asked: a crash costs the person a new attempt, and never repeats one.
    const used = await tenantTransaction(database, org, (manager) => useAttempt(manager, found, now()))
    const row = used ? await this.providers().findOneBy({ org }) : null
    if (row === null) return refused
    return { outcome: 'redeemed', attempt: attemptOf(found), provider: providerOf(vault, row) }
  }

  finish(attempt: OidcAttempt, subject: VerifiedSubject, origin: Origin): Promise<OidcResult> {
    return this.subjects.finish(attempt, subject, origin)
  }

  async ownLink({ org, id: person }: PersonActor) {
    const { manager } = this.context.database
    const provider = await this.providers().findOneBy({ org })
    if (provider === null) return undefined
    const { issuer } = provider
    const linked = await manager.getRepository(OidcSubjectEntity).existsBy({ org, person, issuer })
    return { linked, required: (await requiredLogIn(manager, { org, person })) !== undefined }
  }

  unlink(actor: PersonActor) {
    return actorTransaction(this.context, actor, async (manager) => {
      const { org, id: person } = actor
      const { passwordHash } = await manager.getRepository(PersonEntity).findOneByOrFail({ id: person })
      const isNeeded = passwordHash === null || (await requiredLogIn(manager, { org, person })) !== undefined
      if (isNeeded) return 'no-other-log-in' as const
      const { affected } = await manager.getRepository(OidcSubjectEntity).delete({ org, person })
      if (affected !== 1) return 'not-linked' as const
      // Neither the person's other sessions of the provider go on, nor can this one be proven by it again.
      await manager.query(
        'UPDATE session SET revoked_at = $3 WHERE org = $1 AND person = $2 AND oidc AND revoked_at IS NULL AND id <> $4',
        [org, person, this.context.now(), actor.session],
      )
      await auditNow(this.context, manager, actor, 'oidc.unlinked', `person:${person}`)
      return 'done' as const
    })
  }

  private providers() {
    return this.context.database.getRepository(OidcProviderEntity)
  }
}

const newKey = (): string => newToken().slice(0, 22)

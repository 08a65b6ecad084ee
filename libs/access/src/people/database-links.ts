import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import { withTenants } from '#event-store'
import { appendAudit } from '../audit/audit'
import type { PersonActor } from './actor'
import { finishFirstFactor } from './database-sign-in'
import type { OneTimeLinkEntity } from './entities/one-time-link.entity'
import { OidcProviderEntity } from './entities/oidc.entity'
import { MembershipEntity, PersonEntity } from './entities/person.entity'
import type { IdentityContext } from './identity-context'
import {
  enrolmentFlaws,
  insertPerson,
  type InvitedPeople,
  namesOf,
  type NewPerson,
  NotOpened,
  type PersonNames,
} from './invited-people'
import { joinOrganisation, NotJoined } from './join-organisation'
import type {
  ClaimLink,
  JoinResult,
  LinkAnswers,
  LinkFlaw,
  LinkPurpose,
  Links,
  LinkView,
  OpenLinkResult,
} from './links'
import { lockMembers } from './lock-members'
import { normalisedLogin } from './login-name'
import { worksElsewhere } from './oidc/oidc-providers'
import { findLink, makeLink, useLink, voidLinks } from './one-time-tokens'
import { endSessions, roleOf } from './open-sessions'
import type { Origin } from './origin'
import { passwordFlaws } from './passwords/password-rules'
import { accountScope, addressScope } from './throttle'
import { tenantTransaction } from './tenant-transaction'

const DEMO_OWNER = '演示店主 Demo owner'

type LinkBeingOpened = OneTimeLinkEntity & { readonly purpose: LinkPurpose }

export class DatabaseLinks implements Links {
  constructor(
    private readonly context: IdentityContext,
    private readonly invited: InvitedPeople,
  ) {}

  async view(token: string): Promise<LinkView | undefined> {
    const link = await this.found(token)
    if (link === undefined) return undefined
    const { database } = this.context
    const [row] = await withTenants([link.org], () =>
      database.query<{ name: string; login: string | null }[]>(
        'SELECT o.name, p.login FROM organisation o LEFT JOIN person p ON p.id = $2 WHERE o.id = $1',
        [link.org, link.person],
      ),
    )
    const role = roleOf(link.purpose === 'owner' ? 'owner' : link.role) ?? null
    const login = link.login ?? row?.login ?? null
    const provider = await this.context.database.getRepository(OidcProviderEntity).findOneBy({ org: link.org })
    const required = provider?.required === true && role !== 'owner'
    const oidc = provider === null || link.purpose !== 'invite' ? null : required ? 'required' : 'possible'
    return { purpose: link.purpose, organisation: row?.name ?? '', role, login, expiresAt: link.expiresAt, oidc }
  }

  async open(token: string, answers: LinkAnswers, origin: Origin): Promise<OpenLinkResult> {
    const { throttle, hashing, now: clock } = this.context
    const address = addressScope(origin.address)
    const until = await throttle.charge(address, clock())
    if (until !== undefined) return { outcome: 'throttled', until }
    const link = await this.found(token)
    if (link === undefined) return { outcome: 'refused' }
    const result = await hashing.admit(() => this.opened(link, answers, origin))
    // The holder of a valid link is not guessing, so the attempt does not count as a failure.
    await throttle.takeBack(this.context.database.manager, address)
    return result === 'busy' ? { outcome: 'busy' } : result
  }

  async join(token: string, actor: PersonActor): Promise<JoinResult> {
    const unusable: JoinResult = { outcome: 'refused', reason: 'link-not-usable' }
    const link = await this.found(token)
    if (link === undefined || !['owner', 'invite'].includes(link.purpose)) return unusable
    try {
      return await tenantTransaction(this.context.database, link.org, (manager) =>
        joinOrganisation(manager, this.context, link, actor),
      )
    } catch (error) {
      if (error instanceof NotJoined) return unusable
      throw error
    }
  }

  private async found(token: string): Promise<LinkBeingOpened | undefined> {
    const link = await findLink(this.context.database.manager, token, this.context.now())
    return link === null || link.purpose === 'second-factor' ? undefined : (link as LinkBeingOpened)
  }

  private async opened(link: LinkBeingOpened, answers: LinkAnswers, origin: Origin): Promise<OpenLinkResult> {
    const person = await this.personOf(link, answers)
    const flaws = flawsOf(link, answers, person)
    if (flaws.length > 0) return { outcome: 'flawed', flaws }
    const passwordHash = link.purpose === 'demo' ? null : await this.context.hashing.hash(answers.password ?? '')
    try {
      return await tenantTransaction(this.context.database, link.org, (manager) =>
        this.use(manager, link, { ...person, passwordHash }, origin),
      )
    } catch (error) {
      if (error instanceof NotOpened) return error.result
      throw error
    }
  }

  private async personOf({ person, login }: LinkBeingOpened, answers: LinkAnswers): Promise<PersonNames> {
    if (person !== null) return this.context.database.getRepository(PersonEntity).findOneByOrFail({ id: person })
    return namesOf({ login }, answers)
  }

  private async use(
    manager: EntityManager,
    link: LinkBeingOpened,
    person: NewPerson,
    origin: Origin,
  ): Promise<OpenLinkResult> {
    const { now: clock, throttle } = this.context
    const { org, purpose } = link
    if (!(await useLink(manager, link.id, clock()))) throw new NotOpened({ outcome: 'refused' })
    const id = link.person ?? (await this.invited.enrol(manager, link, person))
    if (purpose === 'reset') {
      await manager.getRepository(PersonEntity).update({ id }, { passwordHash: person.passwordHash })
      // Joined since the link was made: see `resetLink`.
      if (await worksElsewhere(manager, { person: id, org })) throw new NotOpened({ outcome: 'refused' })
      await endSessions(manager, clock(), { person: id })
      await throttle.clear(manager, accountScope(person.login))
    }
    if (!(await manager.getRepository(MembershipEntity).existsBy({ org, person: id, disabledAt: IsNull() })))
      throw new NotOpened({ outcome: 'refused' })
    const entry = { org, actor: `person:${id}`, action: 'link.used', subject: `link:${link.id}`, details: { purpose } }
    await appendAudit(manager, entry, clock())
    const result = await finishFirstFactor(manager, this.context, { person: id, org }, origin, 'link')
    // Nothing has happened then, and the link can be opened through the provider.
    if (result.outcome === 'oidc-wanted') throw new NotOpened(result)
    return result
  }

  async claimLinks(): Promise<ClaimLink[]> {
    const { database } = this.context
    const ownerless = await database.query<OrganisationWithSlug[]>(
      'SELECT id AS org, slug FROM organisations_without_owner()',
    )
    const links: ClaimLink[] = []
    for (const organisation of ownerless) {
      // Locked: of two processes that start at once, the link of the later one counts.
      const link = await tenantTransaction(database, organisation.org, async (manager) => {
        await lockMembers(manager, organisation.org)
        const owner = { org: organisation.org, role: 'owner', disabledAt: IsNull() }
        if (await manager.getRepository(MembershipEntity).existsBy(owner)) return undefined
        return this.printed(manager, { ...organisation, purpose: 'owner' })
      })
      if (link !== undefined) links.push(link)
    }
    return links
  }

  demoLink(org: number): Promise<ClaimLink> {
    return tenantTransaction(this.context.database, org, async (manager) => {
      await lockMembers(manager, org)
      const [found] = await manager.query<OrganisationWithSlug[]>(
        'SELECT id AS org, slug FROM organisation WHERE id = $1',
        [org],
      )
      if (found === undefined) throw new Error(`there is no organisation ${org}`)
      const person = await this.demoOwner(manager, org, normalisedLogin(found.slug))
      return this.printed(manager, { ...found, purpose: 'demo', person })
    })
  }

  /** Created once, with the organisation's slug as login. The login of another person is never taken over. */
  private async demoOwner(manager: EntityManager, org: number, login: string): Promise<string> {
    const at = this.context.now()
    const id = randomUUID()
    if (await insertPerson(manager, { id, login, displayName: DEMO_OWNER, passwordHash: null }, at)) {
      await manager
        .getRepository(MembershipEntity)
        .insert({ org, person: id, role: 'owner', stores: null, grantedBy: null, grantedAt: at, disabledAt: null })
      return id
    }
    const known = await manager.getRepository(PersonEntity).findOneByOrFail({ login })
    if (await manager.getRepository(MembershipEntity).existsBy({ org, person: known.id, disabledAt: IsNull() }))
      return known.id
    throw new Error(`the login ${login} belongs to another person`)
  }

  private async printed(
    manager: EntityManager,
    { org, slug, ...link }: { org: number; slug: string; purpose: 'owner' | 'demo'; person?: string },
  ): Promise<ClaimLink> {
    const now = this.context.now()
    await voidLinks(manager, { org, purpose: link.purpose }, now)
    const { id, token, expiresAt } = await makeLink(manager, { org, ...link }, now)
    const entry = { org, actor: 'process:start', action: 'link.made', subject: `link:${id}` }
    await appendAudit(manager, { ...entry, details: { purpose: link.purpose } }, now)
    return { org, organisation: slug, token, expiresAt }
  }
}

interface OrganisationWithSlug {
  readonly org: number
  readonly slug: string
}

/** What the page has to ask for again; `login-taken` is found out when the person is inserted. */
function flawsOf(
  { purpose }: LinkBeingOpened,
  { password = '' }: LinkAnswers,
  { login, displayName }: PersonNames,
): LinkFlaw[] {
  if (purpose === 'demo') return []
  const ofPassword = passwordFlaws(password, { login, displayName })
  if (purpose === 'reset') return ofPassword
  return [...enrolmentFlaws({ login, displayName }), ...ofPassword]
}

import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import { storableText } from '#event-store'
import { appendAudit, NO_ORGANISATION } from '../audit/audit'
import type { AuditDetails } from '../audit/audit-entry'
import { MembershipEntity, PersonEntity } from './entities/person.entity'
import type { IdentityContext } from './identity-context'
import { isUsableLogin, normalisedLogin } from './login-name'
import { findLink, makeLink, useLink } from './one-time-tokens'
import { openSession } from './open-sessions'
import type { Origin } from './origin'
import { isOutdated } from './passwords/password-hashing'
import { type PasskeyProof, usePasskey } from './passkeys/stored-passkeys'
import { isSecondFactorOn, secondFactorsOf, useCode } from './second-factor/second-factors'
import { isLinked, requiredLogIn } from './oidc/oidc-providers'
import type { Credentials, OidcWanted, SecondFactorResult, SignIn, SignInResult } from './sign-in'
import { accountScope, addressScope, codeScope } from './throttle'
import { tenantTransaction } from './tenant-transaction'

interface SignInCandidate {
  readonly id: string
  readonly passwordHash: string | null
  readonly org: number
  readonly mayEnter: boolean
}

/** SQL by hand. At most one row: of the requested organisation, or else of the first joined one where the person is not disabled. */
const FIND_CANDIDATE = `
  SELECT p.id, p.password_hash AS "passwordHash", m.org, m.disabled_at IS NULL AS "mayEnter"
  FROM person p JOIN membership m ON m.person = p.id
  WHERE p.login = $1 AND ($2::text IS NULL OR m.org = (SELECT id FROM find_organisation($2)))
  ORDER BY (m.disabled_at IS NULL) DESC, m.granted_at, m.org LIMIT 1`

/**
 * Unknown login, wrong password, no membership: the same statements, one hash, one answer. Attempts are audited here, since
 * the answer does not say whose they were.
 */
export class DatabaseSignIn implements SignIn {
  constructor(private readonly context: IdentityContext) {}

  async withPassword(credentials: Credentials, origin: Origin): Promise<SignInResult> {
    const result = await this.context.hashing.admit(() => this.checked(credentials, origin))
    return result === 'busy' ? { outcome: 'busy' } : result
  }

  private async checked({ login, password, organisation }: Credentials, origin: Origin): Promise<SignInResult> {
    const { database, hashing, throttle, now: clock } = this.context
    const name = usableOrEmpty(login)
    const account = accountScope(name)
    const address = addressScope(origin.address)
    const until = (await throttle.charge(address, clock())) ?? (await throttle.charge(account, clock()))
    if (until !== undefined) return { outcome: 'throttled', until }
    const [candidate] = await database.query<SignInCandidate[]>(FIND_CANDIDATE, [
      name,
      organisation === undefined ? null : storableText(organisation),
    ])
    const right = await hashing.verify(candidate?.passwordHash, password)
    if (candidate === undefined || !right || !candidate.mayEnter) return this.refused(candidate)
    const rehashed = await this.rehashed(candidate, password)
    return tenantTransaction(database, candidate.org, async (manager) => {
      await throttle.clear(manager, account)
      await throttle.takeBack(manager, address)
      const { id: person, org } = candidate
      if (rehashed !== undefined)
        await manager.getRepository(PersonEntity).update({ id: person }, { passwordHash: rehashed })
      const result = await finishFirstFactor(manager, this.context, { person, org }, origin, 'password')
      if (result.outcome === 'oidc-wanted')
        await this.auditRefusal(manager, candidate, { by: 'password', reason: 'oidc-wanted' })
      return result
    })
  }

  private rehashed({ passwordHash }: SignInCandidate, password: string): Promise<string | undefined> {
    return passwordHash !== null && isOutdated(passwordHash)
      ? this.context.hashing.hash(password)
      : Promise.resolve(undefined)
  }

  private async refused(candidate: SignInCandidate | undefined): Promise<SignInResult> {
    await tenantTransaction(this.context.database, candidate?.org ?? NO_ORGANISATION, (manager) =>
      this.auditRefusal(manager, candidate, { by: 'password' }),
    )
    return { outcome: 'refused' }
  }

  private auditRefusal(
    manager: EntityManager,
    candidate: Pick<SignInCandidate, 'id' | 'org'> | undefined,
    details: AuditDetails,
  ): Promise<void> {
    return appendAudit(
      manager,
      {
        org: candidate?.org ?? NO_ORGANISATION,
        actor: 'anonymous',
        action: 'sign-in.refused',
        subject: `person:${candidate?.id ?? 'unknown'}`,
        details,
      },
      this.context.now(),
    )
  }

  withSecondFactor(challenge: string, code: string, origin: Origin): Promise<SecondFactorResult> {
    const { vault, now: clock } = this.context
    return this.secondStep({ challenge, by: 'code' }, origin, async (manager, { person }) => {
      const by = await useCode(manager, vault, person, code, clock())
      return by === undefined ? { isRight: false, audited: {} } : { isRight: true, audited: { by } }
    })
  }

  withPasskey(challenge: string, proof: PasskeyProof, origin: Origin): Promise<SecondFactorResult> {
    return this.secondStep({ challenge, by: 'passkey' }, origin, async (manager, { id, person }) => {
      const use = await usePasskey(manager, person, { purpose: 'sign-in', bound: id }, proof, this.context.now())
      return use.used === undefined
        ? { isRight: false, audited: { reason: use.reason } }
        : { isRight: true, audited: { by: 'passkey', passkey: use.used } }
    })
  }

  /** The second factor is checked in the transaction that signs in; its failures are counted for the person. */
  private async secondStep(
    { challenge, by }: { readonly challenge: string; readonly by: 'code' | 'passkey' },
    origin: Origin,
    check: (manager: EntityManager, link: FirstStep) => Promise<CheckedFactor>,
  ): Promise<SecondFactorResult> {
    const { database, throttle, now: clock } = this.context
    const link = await findLink(database.manager, challenge, clock())
    if (link?.purpose !== 'second-factor' || link.person === null) return { outcome: 'refused' }
    const { id, person, org } = link
    const scope = codeScope(person)
    const until = await throttle.charge(scope, clock())
    if (until !== undefined) return { outcome: 'throttled', until }
    return tenantTransaction(database, org, async (manager): Promise<SecondFactorResult> => {
      const { isRight, audited } = await check(manager, { id, person })
      if (!isRight || !(await useLink(manager, id, clock()))) {
        await this.auditRefusal(manager, { id: person, org }, { ...audited, by })
        return { outcome: 'refused' }
      }
      await throttle.clear(manager, scope)
      // The provider may have been required since the first step, or removed, or the person disabled.
      const isMember = await manager.getRepository(MembershipEntity).existsBy({ org, person, disabledAt: IsNull() })
      const byThisWay = link.oidc
        ? await isLinked(manager, { person, org })
        : (await requiredLogIn(manager, { person, org })) === undefined
      if (!isMember || !byThisWay) {
        const reason = isMember ? 'first-factor' : 'person-disabled'
        await this.auditRefusal(manager, { id: person, org }, { ...audited, by, reason })
        return { outcome: 'refused' }
      }
      return signedIn(manager, this.context, { person, org, provenAt: clock() }, origin, audited, link.oidc)
    })
  }
}

/** The link that the first factor was answered with. */
interface FirstStep {
  readonly id: string
  readonly person: string
}

interface CheckedFactor {
  readonly isRight: boolean
  readonly audited: AuditDetails
}

/** An unusable login is looked up too, as the empty one, so that it takes as long as any other. */
function usableOrEmpty(login: string): string {
  const name = normalisedLogin(login)
  return isUsableLogin(name) ? name : ''
}

interface AccountOfSignIn {
  readonly person: string
  readonly org: number
}

/** A provider often lets a person in without asking: that is a log-in, and no recent proof of who asks. */
type AccountOfProvider = AccountOfSignIn & { readonly provenAt: number }

type FirstFactorResult = Extract<SignInResult, { outcome: 'signed-in' | 'second-factor-wanted' }>

/** The first factor was right: signs in, unless a second factor or the organisation's provider is required. */
export async function finishFirstFactor(
  manager: EntityManager,
  context: IdentityContext,
  account: AccountOfSignIn,
  origin: Origin,
  by: 'password' | 'link',
): Promise<FirstFactorResult | OidcWanted>
export async function finishFirstFactor(
  manager: EntityManager,
  context: IdentityContext,
  account: AccountOfProvider,
  origin: Origin,
  by: 'oidc',
): Promise<FirstFactorResult>
export async function finishFirstFactor(
  manager: EntityManager,
  context: IdentityContext,
  { provenAt = context.now(), ...account }: AccountOfSignIn & Partial<AccountOfProvider>,
  origin: Origin,
  by: 'password' | 'link' | 'oidc',
): Promise<FirstFactorResult | OidcWanted> {
  const oidc = by === 'oidc'
  const required = oidc ? undefined : await requiredLogIn(manager, account)
  if (required !== undefined) return { outcome: 'oidc-wanted', organisation: required }
  const factors = await secondFactorsOf(manager, account.person)
  if (!isSecondFactorOn(factors)) return signedIn(manager, context, { ...account, provenAt }, origin, { by }, oidc)
  const { token } = await makeLink(manager, { purpose: 'second-factor', ...account, oidc }, context.now())
  return { outcome: 'second-factor-wanted', challenge: token, factors }
}

async function signedIn(
  manager: EntityManager,
  context: IdentityContext,
  account: AccountOfProvider,
  origin: Origin,
  details: AuditDetails,
  oidc: boolean,
): Promise<Extract<SignInResult, { outcome: 'signed-in' }>> {
  const session = await openSession(manager, context, { ...account, oidc }, origin)
  const { person, org } = account
  const entry = {
    org,
    actor: `person:${person}`,
    action: 'session.opened',
    subject: `session:${session.actor.session}`,
  }
  await appendAudit(manager, { ...entry, details: { ...details, oidc } }, context.now())
  return { outcome: 'signed-in', session }
}

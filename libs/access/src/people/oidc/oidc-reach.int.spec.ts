import { emptyTables, rowsOf, useRole, useTestDatabase } from '../../../../../test/postgres/test-database'
import { auditOf } from '../../audit/audit'
import type { PersonActor } from '../actor'
import { fromBase32, ORIGIN, PASSWORD, testPeople, type TestPeople } from '../people-for-tests'
import { codeAt, stepAt } from '../second-factor/totp'
import type { NewOidcSettings, OidcResult } from './oidc'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
let people: TestPeople
let org: number
let stores: readonly number[]
let owner: PersonActor

const BROWSER = 'the token of a browser of this spec'
const SETTINGS: NewOidcSettings = {
  ...{ issuer: 'https://issuer.example', clientId: 'console', clientSecret: 'secret', required: false },
  ...{ emailDomains: [], roleClaim: null, roleValues: [] },
}

beforeEach(async () => {
  await emptyTables(db)
  people = testPeople(db.database, consoles.database)
  ;({ org, stores } = await people.organisation('one'))
  owner = (await people.owner()).actor
  expect(await oidc().saveSettings(owner, SETTINGS)).toBe('saved')
})

const oidc = () => people.identity.oidc

/** The way to the provider and back, whose answer is of this subject. */
async function way(begun: ReturnType<typeof begin>, by?: PersonActor, subject = 'subject'): Promise<OidcResult> {
  const result = await begun
  if (result.outcome !== 'begun') throw new Error(result.outcome)
  const redeemed = await oidc().redeem(result.state, BROWSER, by)
  if (redeemed.outcome !== 'redeemed') throw new Error(redeemed.outcome)
  const { issuer } = redeemed.provider
  const claims = { verifiedEmail: undefined, claimValues: [], authenticatedAt: undefined }
  return oidc().finish(redeemed.attempt, { issuer, subject, ...claims }, ORIGIN)
}
const begin = async () => oidc().beginSignIn((await oidc().settings({ org }))?.loginKey ?? '', BROWSER, ORIGIN)
const link = (person: PersonActor) => way(oidc().beginOwn(person, 'link', BROWSER), person)
const signIn = () => way(begin())

async function signedIn(): Promise<{ actor: PersonActor; token: string }> {
  const result = await signIn()
  if (result.outcome !== 'signed-in') throw new Error(result.outcome)
  return result.session
}
const isOpen = async (token: string): Promise<boolean> => (await people.identity.sessions.find(token)) !== undefined

async function memberWithLink(): Promise<PersonActor> {
  const { actor } = await people.join(owner, 'mei', 'after-sale-agent')
  expect(await link(actor)).toEqual({ outcome: 'linked' })
  return actor
}

/** A member of a second organisation, too. */
async function memberElsewhere({ id }: PersonActor): Promise<number> {
  const other = await people.organisation('two')
  await db.database.query(`INSERT INTO membership (org, person, role, granted_at) VALUES ($1, $2, 'owner', 1)`, [
    ...[other.org, id],
  ])
  return other.org
}

describe('the provider of an organisation', () => {
  it('is changed and removed by an owner of all stores only', async () => {
    const [first = 0] = stores
    const { actor } = await people.join(owner, 'owner-of-one-store', 'owner', [first])
    const evil = { ...SETTINGS, issuer: 'https://evil.example' }
    expect(await oidc().saveSettings(actor, evil)).toBe('more-than-own-rights')
    expect(await oidc().removeSettings(actor)).toBe('more-than-own-rights')
    expect((await oidc().settings({ org }))?.issuer).toBe(SETTINGS.issuer)
    expect(await oidc().removeSettings(owner)).toBe('removed')
    expect(await oidc().removeSettings(owner)).toBe('none')
  })

  it('that is replaced ends the sessions of the earlier one, and what is otherwise changed ends none', async () => {
    const member = await memberWithLink()
    const { token } = await signedIn()
    await oidc().saveSettings(owner, { ...SETTINGS, emailDomains: ['shop.example'] })
    expect(await isOpen(token)).toBe(true)
    await oidc().saveSettings(owner, { ...SETTINGS, issuer: 'https://next.example' })
    expect(await isOpen(token)).toBe(false)
    expect((await auditOf(db.database, org, { limit: 1 }))[0]?.details).toMatchObject({ sessions: 1 })
    expect(await link(member)).toEqual({ outcome: 'linked' })
    expect(await isOpen((await signedIn()).token)).toBe(true)
  })
})

describe('a session that the provider opened', () => {
  it('shows no other organisation of the person, and ends no session there', async () => {
    const member = await memberWithLink()
    const other = await memberElsewhere(member)
    const credentials = { login: 'mei', password: PASSWORD, organisation: 'two' }
    const there = await people.identity.signIn.withPassword(credentials, ORIGIN)
    if (there.outcome !== 'signed-in') throw new Error(there.outcome)
    expect(there.session.actor.org).toBe(other)
    const { actor } = await signedIn()
    const { sessions, ownAccount } = people.identity
    expect((await ownAccount.view(actor)).organisations).toEqual([{ slug: 'one', name: 'ONE' }])
    expect((await ownAccount.view(member)).organisations.map(({ slug }) => slug).sort()).toEqual(['one', 'two'])
    expect(await sessions.revoke(actor, there.session.actor.session)).toBe(false)
    expect(await sessions.revokeOthers(actor)).toBe(1)
    expect(await isOpen(there.session.token)).toBe(true)
  })

  it('of a person with a second factor is not opened where the provider went between the steps', async () => {
    const member = await memberWithLink()
    const { ownAccount, signIn: steps } = people.identity
    const secret = fromBase32((await ownAccount.beginTotp(member)).secret)
    await ownAccount.confirmTotp(member, codeAt(secret, stepAt(people.clock.now)))
    const challenged = async (): Promise<string> => {
      const result = await signIn()
      if (result.outcome !== 'second-factor-wanted') throw new Error(result.outcome)
      people.clock.now += 60_000
      return result.challenge
    }
    const codeNow = (): string => codeAt(secret, stepAt(people.clock.now))
    const usual = await steps.withSecondFactor(await challenged(), codeNow(), ORIGIN)
    expect(usual.outcome).toBe('signed-in')
    const challenge = await challenged()
    await oidc().saveSettings(owner, { ...SETTINGS, issuer: 'https://next.example' })
    expect(await steps.withSecondFactor(challenge, codeNow(), ORIGIN)).toEqual({ outcome: 'refused' })
    await oidc().saveSettings(owner, SETTINGS)
    const last = await challenged()
    await people.identity.members.disable(owner, member.id)
    expect(await steps.withSecondFactor(last, codeNow(), ORIGIN)).toEqual({ outcome: 'refused' })
    const [entry] = await auditOf(db.database, org, { limit: 1 })
    expect(entry).toMatchObject({ action: 'sign-in.refused', details: { by: 'code', reason: 'person-disabled' } })
  })
})

it('a right password is in the audit where the provider is wanted instead', async () => {
  await memberWithLink()
  await oidc().saveSettings(owner, { ...SETTINGS, required: true })
  const result = await people.identity.signIn.withPassword({ login: 'mei', password: PASSWORD }, ORIGIN)
  expect(result.outcome).toBe('oidc-wanted')
  const [entry] = await auditOf(db.database, org, { limit: 1 })
  expect(entry).toMatchObject({ action: 'sign-in.refused', details: { by: 'password', reason: 'oidc-wanted' } })
})

it('a proof at the provider takes back no failure of the address: it was not counted as one', async () => {
  await memberWithLink()
  const { actor } = await signedIn()
  await people.identity.signIn.withPassword({ login: 'unknown', password: 'wrong' }, ORIGIN)
  const failures = () => rowsOf(db, `SELECT failures FROM sign_in_throttle WHERE scope LIKE 'address:%'`)
  expect(await failures()).toEqual([{ failures: 1 }])
  expect((await way(oidc().beginOwn(actor, 'proof', BROWSER), actor)).outcome).toBe('refused')
  expect(await failures()).toEqual([{ failures: 1 }])
  await signedIn()
  expect(await failures()).toEqual([{ failures: 1 }])
})

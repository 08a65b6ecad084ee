import { emptyTables, rowsOf, useRole, useTestDatabase } from '../../../../test/postgres/test-database'
import { auditOf } from '../audit/audit'
import { verifyAudit } from '../audit/verify-audit'
import type { PersonActor, StoreRights } from './actor'
import { ORIGIN, PASSWORD, testPeople, type TestPeople } from './people-for-tests'
import type { Role } from './roles'
import type { OpenedSession } from './sessions'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
let people: TestPeople
let one: { org: number; stores: readonly number[] }
let two: { org: number; stores: readonly number[] }
let ownerOfOne: PersonActor
let ownerOfTwo: PersonActor
let lin: OpenedSession

beforeEach(async () => {
  await emptyTables(db)
  people = testPeople(db.database, consoles.database)
  one = await people.organisation('one')
  two = await people.organisation('two')
  ownerOfOne = (await people.owner('one')).actor
  ownerOfTwo = (await people.owner('two')).actor
  lin = await people.join(ownerOfOne, 'lin', 'finance')
})

async function invite(owner: PersonActor, role: Role, stores: StoreRights = 'all', login?: string): Promise<string> {
  const link = await people.identity.members.invite(owner, {
    role,
    stores,
    ...(login === undefined ? {} : { login }),
  })
  if (link.outcome !== 'made') throw new Error(link.reason)
  return link.token
}
const now = (): Promise<PersonActor | undefined> => people.identity.sessions.find(lin.token)
const join = (token: string, actor = lin.actor) => people.identity.links.join(token, actor)
const current = async (): Promise<PersonActor> => {
  const actor = await now()
  if (actor === undefined) throw new Error('there is no session')
  return actor
}
const switchTo = async (slug: string) => people.identity.sessions.switchTo(await current(), slug)
const refused = (reason: string) => ({ outcome: 'refused', reason })
const lastOf = async (org: number, limit: number) =>
  (await auditOf(db.database, org, { limit })).map(({ action, actor, details }) => ({ action, actor, details }))

describe('a person who has a log-in and opens an invitation', () => {
  it('is one person with a role of its own in each organisation, and goes on in the new one', async () => {
    const token = await invite(ownerOfTwo, 'auditor', [two.stores[0] ?? 0])
    expect(await join(token)).toEqual({ outcome: 'joined' })
    expect(await current()).toMatchObject({ id: lin.actor.id, org: two.org, role: 'auditor', stores: [two.stores[0]] })
    expect(await rowsOf(db, `SELECT FROM person WHERE login = 'lin'`)).toHaveLength(1)
    const by = `person:${lin.actor.id}`
    expect(await lastOf(two.org, 2)).toEqual([
      { action: 'session.switched', actor: by, details: { direction: 'here' } },
      { action: 'link.used', actor: by, details: { purpose: 'invite', joined: true } },
    ])
    expect(await lastOf(one.org, 1)).toEqual([
      { action: 'session.switched', actor: by, details: { direction: 'away' } },
    ])
    expect((await people.identity.ownAccount.view(lin.actor)).organisations.map(({ slug }) => slug)).toEqual([
      'one',
      'two',
    ])
    expect(await join(token)).toEqual(refused('link-not-usable'))
  })

  it('may be the first owner of an organisation', async () => {
    const { org } = await people.organisation('three')
    const [link] = await people.identity.links.claimLinks()
    expect(await join(link?.token ?? '')).toEqual({ outcome: 'joined' })
    expect(await current()).toMatchObject({ org, role: 'owner', stores: 'all' })
    expect(await people.identity.links.claimLinks()).toEqual([])
  })

  it('is invited by a login of another organisation; no other person uses that invitation', async () => {
    const token = await invite(ownerOfTwo, 'finance', 'all', ' LIN ')
    const mei = await people.join(ownerOfOne, 'mei', 'finance')
    expect(await join(token, mei.actor)).toEqual(refused('link-of-another-login'))
    const answers = { displayName: 'Not Lin', password: PASSWORD }
    expect(await people.identity.links.open(token, answers, ORIGIN)).toEqual({
      outcome: 'flawed',
      flaws: ['login-taken'],
    })
    expect(await join(token)).toEqual({ outcome: 'joined' })
    expect(await people.identity.members.invite(ownerOfTwo, { role: 'owner', stores: 'all', login: 'lin' })).toEqual(
      refused('login-taken'),
    )
  })

  it('joins no organisation twice, also once disabled there; the invitation stays for another person', async () => {
    await join(await invite(ownerOfTwo, 'finance'))
    const again = await invite(ownerOfTwo, 'owner')
    expect(await join(again, await current())).toEqual(refused('already-member'))
    await switchTo('one')
    await people.identity.members.disable(ownerOfTwo, lin.actor.id)
    expect(await join(again, await current())).toEqual(refused('already-member'))
    const mei = await people.join(ownerOfOne, 'mei', 'finance')
    expect(await join(again, mei.actor)).toEqual({ outcome: 'joined' })
  })

  it('of ten who open one invitation at once joins alone, and joins once by two invitations at once', async () => {
    const token = await invite(ownerOfTwo, 'finance')
    const others = await Promise.all(
      Array.from({ length: 4 }, (_, n) => people.join(ownerOfOne, `other-${n}`, 'finance')),
    )
    const outcomes = await Promise.all(others.map(({ actor }) => join(token, actor)))
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['joined', 'refused', 'refused', 'refused'])
    const links = [await invite(ownerOfTwo, 'finance'), await invite(ownerOfTwo, 'auditor')]
    const both = await Promise.all(links.map((link) => join(link)))
    expect(both).toContainEqual({ outcome: 'joined' })
    expect(both).toContainEqual(refused('already-member'))
    for (const { org } of [one, two]) expect((await verifyAudit(db.database, org)).flaws).toEqual([])
  })

  it.each<[string, (token: string) => Promise<unknown>]>([
    ['has expired', () => Promise.resolve((people.clock.now += 7 * 24 * 3_600_000))],
    ['was opened', (token) => people.identity.links.open(token, { ...named('x'), password: PASSWORD }, ORIGIN)],
    ['is of an inviter who was disabled', () => disableInviter()],
  ])('does not join by one that %s', async (_, ending) => {
    const second = (await people.join(ownerOfTwo, 'inviter', 'owner')).actor
    const token = await invite(second, 'finance')
    await ending(token)
    expect(await join(token)).toEqual(refused('link-not-usable'))
    expect(await rowsOf(db, 'SELECT FROM membership WHERE org = $1 AND person = $2', [two.org, lin.actor.id])).toEqual(
      [],
    )
  })
  const named = (login: string) => ({ login, displayName: login })
  async function disableInviter(): Promise<void> {
    const inviter = (await people.identity.members.list(ownerOfTwo)).find(({ login }) => login === 'inviter')
    await people.identity.members.disable(ownerOfTwo, inviter?.id ?? '')
  }

  it('joins by no other link, and not with a session that has ended', async () => {
    const reset = await people.identity.members.resetLink(ownerOfOne, lin.actor.id)
    expect(await join(reset.outcome === 'made' ? reset.token : '')).toEqual(refused('link-not-usable'))
    const token = await invite(ownerOfTwo, 'finance')
    await people.identity.sessions.signOut(lin.actor)
    expect(await join(token)).toEqual(refused('link-not-usable'))
    expect(await people.identity.links.view(token)).toMatchObject({ purpose: 'invite', organisation: 'TWO' })
  })

  it('keeps the password: a link for a new one that another organisation made before is void', async () => {
    const reset = await people.identity.members.resetLink(ownerOfOne, lin.actor.id)
    if (reset.outcome !== 'made') throw new Error(reset.reason)
    await join(await invite(ownerOfTwo, 'finance'))
    expect(await people.identity.links.open(reset.token, { password: 'another kettle sings' }, ORIGIN)).toEqual({
      outcome: 'refused',
    })
    expect((await people.identity.signIn.withPassword({ login: 'lin', password: PASSWORD }, ORIGIN)).outcome).toBe(
      'signed-in',
    )
  })
})

describe('a person of two organisations', () => {
  beforeEach(async () => {
    await join(await invite(ownerOfTwo, 'owner'))
  })

  it('switches between them, to no other: one without membership is like one that does not exist', async () => {
    await people.organisation('three')
    for (const slug of ['three', 'nowhere', '', 'ONE']) expect(await switchTo(slug)).toBe(false)
    expect(await current()).toMatchObject({ org: two.org, role: 'owner' })
    expect(await switchTo('one')).toBe(true)
    expect(await current()).toMatchObject({ org: one.org, role: 'finance' })
    expect(await lastOf(one.org, 1)).toMatchObject([{ action: 'session.switched', details: { direction: 'here' } }])
    expect(await lastOf(two.org, 1)).toMatchObject([{ action: 'session.switched', details: { direction: 'away' } }])
  })

  it('removed from one works on in the other; sessions there end, here they do not', async () => {
    const elsewhere = await people.identity.signIn.withPassword({ login: 'lin', password: PASSWORD }, ORIGIN)
    if (elsewhere.outcome !== 'signed-in') throw new Error(elsewhere.outcome)
    expect(elsewhere.session.actor.org).toBe(one.org)
    await people.identity.members.disable(ownerOfOne, lin.actor.id)
    expect(await people.identity.sessions.find(elsewhere.session.token)).toBeUndefined()
    expect(await current()).toMatchObject({ org: two.org, role: 'owner' })
    expect(await switchTo('one')).toBe(false)
    const again = await people.identity.signIn.withPassword({ login: 'lin', password: PASSWORD }, ORIGIN)
    expect(again).toMatchObject({ outcome: 'signed-in', session: { actor: { org: two.org } } })
  })

  it('makes API keys of the organisation that the session is in; they stay there', async () => {
    const key = { label: 'BI', permissions: ['queue.read'] as const, expiresAt: people.clock.now + 3_600_000 }
    const made = await people.identity.apiKeys.create(await current(), { ...key, stores: 'all' })
    if (made.outcome !== 'created') throw new Error(made.reason)
    await switchTo('one')
    expect(await people.identity.apiKeys.find(made.secret)).toMatchObject({ org: two.org })
    expect(await people.identity.apiKeys.list(await current())).toEqual([])
    await people.identity.members.disable(ownerOfOne, lin.actor.id)
    expect(await people.identity.apiKeys.find(made.secret)).toMatchObject({ org: two.org })
    await people.identity.members.disable(ownerOfTwo, lin.actor.id)
    expect(await people.identity.apiKeys.find(made.secret)).toBeUndefined()
  })

  it('moves two sessions in opposite directions at once, again and again', async () => {
    const signedIn = await people.identity.signIn.withPassword({ login: 'lin', password: PASSWORD }, ORIGIN)
    if (signedIn.outcome !== 'signed-in') throw new Error(signedIn.outcome)
    let [first, second] = [await current(), signedIn.session.actor]
    for (let n = 0; n < 10; n += 1) {
      const slugOf = ({ org }: PersonActor) => (org === one.org ? 'two' : 'one')
      const moved = [first, second].map((actor) => people.identity.sessions.switchTo(actor, slugOf(actor)))
      expect(await Promise.all(moved)).toEqual([true, true])
      ;[first, second] = [
        { ...first, org: second.org },
        { ...second, org: first.org },
      ]
    }
    for (const { org } of [one, two]) expect((await verifyAudit(db.database, org)).flaws).toEqual([])
  })
})

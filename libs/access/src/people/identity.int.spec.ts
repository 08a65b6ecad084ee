import { emptyTables, rowsOf, useRole, useTestDatabase } from '../../../../test/postgres/test-database'
import { auditOf } from '../audit/audit'
import { verifyAudit } from '../audit/verify-audit'
import type { PersonActor } from './actor'
import { ORIGIN, PASSWORD, testPeople } from './people-for-tests'
import type { TestPeople } from './people-for-tests'
import type { OpenedSession } from './sessions'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
let people: TestPeople
let org: number
let stores: readonly number[]
let owner: OpenedSession

beforeEach(async () => {
  await emptyTables(db)
  people = testPeople(db.database, consoles.database)
  ;({ org, stores } = await people.organisation('one'))
  owner = await people.owner()
})

const HOUR = 3_600_000
const answers = (login: string) => ({ login, displayName: login, password: PASSWORD })
const found = (session: OpenedSession): Promise<PersonActor | undefined> => people.identity.sessions.find(session.token)

describe('a one-time link', () => {
  const invite = async (): Promise<string> => {
    const made = await people.identity.members.invite(owner.actor, { role: 'finance', stores: [stores[0] ?? 0] })
    if (made.outcome !== 'made') throw new Error(made.reason)
    return made.token
  }

  it('makes the owner where there is none; the one made before is void', async () => {
    const { org: second } = await people.organisation('two')
    const [first] = await people.identity.links.claimLinks()
    const [later] = await people.identity.links.claimLinks()
    expect(later).toMatchObject({ org: second, organisation: 'two' })
    expect(await people.identity.links.view(first?.token ?? '')).toBeUndefined()
    expect(await people.identity.links.open(first?.token ?? '', answers('x'), ORIGIN)).toEqual({ outcome: 'refused' })
    expect(await people.owner('two')).toMatchObject({ actor: { org: second, role: 'owner', stores: 'all' } })
    expect(await people.identity.links.claimLinks()).toEqual([])
  })

  it('opened by ten at once makes exactly one person', async () => {
    const token = await invite()
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        (n % 2 === 0 ? people.identity : people.another()).links.open(token, answers(`lin-${n}`), ORIGIN),
      ),
    )
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array.from({ length: 9 }, () => 'refused'),
      'signed-in',
    ])
    expect(await rowsOf(db, 'SELECT role, stores FROM membership WHERE role <> $1', ['owner'])).toEqual([
      { role: 'finance', stores: [stores[0]] },
    ])
  })

  it('is not used up by answers that will not do', async () => {
    const token = await invite()
    const open = (login: string, password: string): Promise<unknown> =>
      people.identity.links.open(token, { login, displayName: 'Lin', password }, ORIGIN)
    expect(await open('', 'short')).toEqual({ outcome: 'flawed', flaws: ['login-missing', 'password-too-short'] })
    expect(await open(owner.actor.login, PASSWORD)).toEqual({ outcome: 'flawed', flaws: ['login-taken'] })
    expect(await open('lin', PASSWORD)).toMatchObject({ outcome: 'signed-in' })
    expect(await open('lin2', PASSWORD)).toEqual({ outcome: 'refused' })
  })

  it('expires', async () => {
    const token = await invite()
    people.clock.now += 7 * 24 * HOUR
    expect(await people.identity.links.open(token, answers('lin'), ORIGIN)).toEqual({ outcome: 'refused' })
  })

  it('for a new password ends every session, and is not for who also works elsewhere', async () => {
    const lin = await people.join(owner.actor, 'lin', 'finance')
    const reset = await people.identity.members.resetLink(owner.actor, lin.actor.id)
    if (reset.outcome !== 'made') throw new Error(reset.reason)
    const password = 'another kettle sings'
    expect(await people.identity.links.open(reset.token, { password }, ORIGIN)).toMatchObject({ outcome: 'signed-in' })
    expect(await found(lin)).toBeUndefined()
    const by = (one: string) => people.identity.signIn.withPassword({ login: 'lin', password: one }, ORIGIN)
    expect([(await by(PASSWORD)).outcome, (await by(password)).outcome]).toEqual(['refused', 'signed-in'])
    const { org: second } = await people.organisation('two')
    await db.database.query(
      `INSERT INTO membership SELECT $1, person, role, stores, granted_by, granted_at FROM membership WHERE person = $2`,
      [second, lin.actor.id],
    )
    expect(await people.identity.members.resetLink(owner.actor, lin.actor.id)).toEqual({
      outcome: 'refused',
      reason: 'also-member-elsewhere',
    })
  })
})

describe('a session', () => {
  it('ends when it is idle, also when it was used before, and twelve hours after it began', async () => {
    people.clock.now += 30 * 60_000 - 1
    expect(await found(owner)).toEqual(owner.actor)
    people.clock.now += 30 * 60_000
    expect(await found(owner)).toBeUndefined()
    const fresh = await people.join(owner.actor, 'lin', 'finance')
    for (let n = 0; n < 36; n += 1) {
      expect(await found(fresh)).toEqual(fresh.actor)
      people.clock.now += 20 * 60_000
    }
    expect(await found(fresh)).toBeUndefined()
  })

  it('is revoked at once, by its person only', async () => {
    const lin = await people.join(owner.actor, 'lin', 'finance')
    expect(await people.identity.sessions.revoke(lin.actor, owner.actor.session)).toBe(false)
    expect(await people.identity.sessions.revoke(lin.actor, 'not an id')).toBe(false)
    expect(await people.identity.sessions.revoke(lin.actor, lin.actor.session)).toBe(true)
    expect(await found(lin)).toBeUndefined()
    expect(await found(owner)).toEqual(owner.actor)
  })

  it('has the rights of now, and none once the person is disabled', async () => {
    const lin = await people.join(owner.actor, 'lin', 'finance')
    const rights = { role: 'auditor', stores: [stores[1] ?? 0] } as const
    expect(await people.identity.members.changeRights(owner.actor, lin.actor.id, rights)).toEqual({ outcome: 'done' })
    expect(await found(lin)).toMatchObject(rights)
    await people.identity.members.disable(owner.actor, lin.actor.id)
    expect(await found(lin)).toBeUndefined()
    expect(await people.identity.signIn.withPassword(answers('lin'), ORIGIN)).toEqual({ outcome: 'refused' })
  })
})

describe('an API key', () => {
  const create = (over: object = {}, actor = owner.actor) =>
    people.identity.apiKeys.create(actor, {
      ...{ label: 'BI', permissions: ['queue.read'], stores: [stores[0] ?? 0], expiresAt: people.clock.now + HOUR },
      ...over,
    })

  it('acts with its rights until it expires or is revoked; its last use is known to the minute', async () => {
    const made = await create()
    if (made.outcome !== 'created') throw new Error(made.reason)
    people.clock.now += 90_000
    expect(await people.identity.apiKeys.find(made.secret)).toEqual({
      ...{ kind: 'key', id: made.key.id, org, label: 'BI', stores: [stores[0]] },
      permissions: new Set(['queue.read']),
    })
    expect((await people.identity.apiKeys.list({ org }))[0]?.lastUsedAt).toBe(people.clock.now - 30_000)
    const { org: second } = await people.organisation('two')
    const other = await people.owner('two')
    expect(await people.identity.apiKeys.list({ org: second })).toEqual([])
    expect(await people.identity.apiKeys.revoke(other.actor, made.key.id)).toBe(false)
    expect(await people.identity.apiKeys.find(`${made.secret.slice(0, -1)}-`)).toBeUndefined()
    people.clock.now += HOUR
    expect(await people.identity.apiKeys.find(made.secret)).toBeUndefined()
  })

  it.each([
    ['rights of people only', { permissions: ['people.write'] }, 'not-for-keys'],
    ['a store that is not there', { stores: [999] }, 'more-than-own-rights'],
    ['an end in the past', { expiresAt: 1 }, 'expiry-out-of-range'],
    ['no end', { expiresAt: Infinity }, 'expiry-out-of-range'],
  ])('is not made with %s', async (_, over, reason) => {
    expect(await create(over)).toEqual({ outcome: 'refused', reason })
  })

  it('never has more rights than who makes it, and dies with the maker’s membership', async () => {
    const lin = await people.join(owner.actor, 'lin', 'owner', [stores[0] ?? 0])
    expect(await create({ stores: 'all' }, lin.actor)).toEqual({ outcome: 'refused', reason: 'more-than-own-rights' })
    const made = await create({}, lin.actor)
    if (made.outcome !== 'created') throw new Error(made.reason)
    await people.identity.members.disable(owner.actor, lin.actor.id)
    expect(await people.identity.apiKeys.find(made.secret)).toBeUndefined()
  })
})

describe('the people of an organisation', () => {
  it('keep an owner: of two who disable each other at once one stays', async () => {
    const lin = await people.join(owner.actor, 'lin', 'owner')
    const results = await Promise.all([
      people.identity.members.disable(owner.actor, lin.actor.id),
      people.another().members.disable(lin.actor, owner.actor.id),
    ])
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused'])
  })

  it('belong to their organisation: to another one they do not exist', async () => {
    await people.organisation('two')
    const other = await people.owner('two')
    const none = { outcome: 'refused', reason: 'no-such-person' }
    expect(await people.identity.members.disable(other.actor, owner.actor.id)).toEqual(none)
    expect(await people.identity.members.resetLink(other.actor, owner.actor.id)).toEqual(none)
    expect((await people.identity.members.list(other.actor)).map(({ login }) => login)).toEqual(['owner-of-two'])
  })

  it('leave an audit of every change, without a flaw', async () => {
    const lin = await people.join(owner.actor, 'lin', 'finance')
    await people.identity.members.disable(owner.actor, lin.actor.id)
    expect((await auditOf(db.database, org, { limit: 9 })).map(({ action }) => action)).toEqual([
      ...['membership.disabled', 'session.opened', 'link.used', 'person.invited'],
      ...['session.opened', 'link.used', 'link.made'],
    ])
    expect((await verifyAudit(db.database, org)).flaws).toEqual([])
  })
})

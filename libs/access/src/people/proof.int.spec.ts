import { emptyTables, rowsOf, useRole, useTestDatabase } from '../../../../test/postgres/test-database'
import { auditOf } from '../audit/audit'
import type { PersonActor } from './actor'
import { fromBase32, ORIGIN, PASSWORD, testPeople, type TestPeople } from './people-for-tests'
import { codeAt, stepAt } from './second-factor/totp'
import type { Proof } from './sessions'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
let people: TestPeople
let org: number
let owner: PersonActor
let secret: Buffer

beforeEach(async () => {
  await emptyTables(db)
  people = testPeople(db.database, consoles.database)
  ;({ org } = await people.organisation('one'))
  owner = (await people.owner()).actor
})

async function addSecondFactor(): Promise<void> {
  secret = fromBase32((await people.identity.ownAccount.beginTotp(owner)).secret)
  await people.identity.ownAccount.confirmTotp(owner, codeNow())
}
const codeNow = (): string => codeAt(secret, stepAt(people.clock.now))

const provenAt = async (): Promise<number | undefined> =>
  (await rowsOf<{ at: number }>(db, 'SELECT reauthenticated_at AS at FROM session WHERE id = $1', [owner.session]))[0]
    ?.at
const lastEntry = async (): Promise<object | undefined> => {
  const [entry] = await auditOf(db.database, org, { limit: 1 })
  return entry && { action: entry.action, by: entry.details['by'] }
}

const PROVEN = 'session.reauthenticated'
const REFUSED = 'session.reauthentication-refused'
const PASSWORDS = { right: PASSWORD, wrong: 'not the password' }

describe('a proof of who asks', () => {
  it.each<[string, boolean, () => Proof, string, object]>([
    ['the password', false, () => ({ password: PASSWORDS.right }), 'done', { action: PROVEN, by: 'password' }],
    ['a wrong password', false, () => ({ password: PASSWORDS.wrong }), 'refused', { action: REFUSED, by: 'password' }],
    ['a code', false, () => ({ code: '123456' }), 'refused', { action: REFUSED, by: 'code' }],
    ['the password', true, () => ({ password: PASSWORDS.right }), 'refused', { action: REFUSED, by: 'password-alone' }],
    [
      'a wrong password',
      true,
      () => ({ password: PASSWORDS.wrong }),
      'refused',
      { action: REFUSED, by: 'password-alone' },
    ],
    ['a code', true, () => ({ code: codeNow() }), 'done', { action: PROVEN, by: 'totp' }],
    ['a wrong code', true, () => ({ code: '000000' }), 'refused', { action: REFUSED, by: 'code' }],
  ])('by %s; second factor: %s', async (_, hasSecondFactor, proof, outcome, entry) => {
    if (hasSecondFactor) await addSecondFactor()
    const before = await provenAt()
    people.clock.now += 60_000
    expect((await people.identity.sessions.reauthenticate(owner, proof(), ORIGIN)).outcome).toBe(outcome)
    expect(await provenAt()).toBe(outcome === 'done' ? people.clock.now : before)
    expect(await lastEntry()).toEqual(entry)
  })

  it.each([false, true])('is not a change of password; second factor: %s', async (hasSecondFactor) => {
    if (hasSecondFactor) await addSecondFactor()
    const before = await provenAt()
    people.clock.now += 60_000
    const change = (current: string) =>
      people.identity.ownAccount.changePassword(owner, { current, next: 'another kettle sings' }, ORIGIN)
    expect(await change(PASSWORDS.wrong)).toEqual({ outcome: 'refused' })
    expect(await lastEntry()).toEqual({ action: REFUSED, by: 'password' })
    expect(await change(PASSWORDS.right)).toEqual({ outcome: 'done' })
    expect(await change(PASSWORDS.right)).toEqual({ outcome: 'refused' })
    expect(await provenAt()).toBe(before)
  })

  it('by passwords is throttled like signing in, also when the password is to be changed', async () => {
    for (let n = 0; n < 5; n += 1)
      await people.identity.sessions.reauthenticate(owner, { password: PASSWORDS.wrong }, ORIGIN)
    const change = { current: PASSWORDS.right, next: 'another kettle sings' }
    const until = people.clock.now + 1_000
    expect(await people.identity.ownAccount.changePassword(owner, change, ORIGIN)).toEqual({
      outcome: 'throttled',
      until,
    })
  })
})

describe('looking a session up without noting its use', () => {
  it('lets it become idle all the same', async () => {
    const { token, actor } = await people.join(owner, 'lin', 'finance')
    people.clock.now += 20 * 60_000
    expect(await people.identity.sessions.find(token, { noteUse: false })).toEqual(actor)
    people.clock.now += 10 * 60_000
    expect(await people.identity.sessions.find(token, { noteUse: false })).toBeUndefined()
  })
})

import * as argon2 from '@node-rs/argon2'
import { emptyTables, rowsOf, useRole, useTestDatabase } from '../../../../test/postgres/test-database'
import { auditOf } from '../audit/audit'
import { verifyAudit } from '../audit/verify-audit'
import { codeAt, stepAt } from './second-factor/totp'
import { fromBase32, ORIGIN, PASSWORD, testPeople } from './people-for-tests'
import type { TestPeople } from './people-for-tests'
import type { SignInResult } from './sign-in'

jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2')
  return { ...real, verify: jest.fn(real.verify) }
})

const db = useTestDatabase()
const consoles = useRole(db, 'console')
let people: TestPeople
let org: number

beforeEach(async () => {
  await emptyTables(db)
  people = testPeople(db.database, consoles.database)
  ;({ org } = await people.organisation('one'))
  await people.owner()
})

const signIn = (login = 'owner-of-one', password = PASSWORD, address = ORIGIN.address): Promise<SignInResult> =>
  people.identity.signIn.withPassword({ login, password }, { ...ORIGIN, address })

describe('a person who signs in', () => {
  it('is known by whatever spelling of the login, and acts for the organisation', async () => {
    const result = await signIn(' OWNER-OF-ONE ')
    if (result.outcome !== 'signed-in') throw new Error(result.outcome)
    const { token, actor, endsAt } = result.session
    expect(actor).toMatchObject({ kind: 'person', org, login: 'owner-of-one', role: 'owner', stores: 'all' })
    expect(endsAt).toBe(people.clock.now + 12 * 3_600_000)
    expect(await people.identity.sessions.find(token)).toEqual(actor)
    expect((await auditOf(db.database, org, { limit: 1 }))[0]).toMatchObject({
      actor: `person:${actor.id}`,
      action: 'session.opened',
      subject: `session:${actor.session}`,
      details: { by: 'password' },
    })
  })

  it('leaves no password, token or address in clear where a hash will do', async () => {
    const result = await signIn()
    if (result.outcome !== 'signed-in') throw new Error(result.outcome)
    const tables = await rowsOf<{ row: string }>(
      db,
      `SELECT s::text AS row FROM session s UNION ALL SELECT p::text FROM person p UNION ALL SELECT l::text FROM one_time_link l
       UNION ALL SELECT e::text FROM audit_entry e UNION ALL SELECT t::text FROM sign_in_throttle t`,
    )
    const stored = tables.map(({ row }) => row).join('\n')
    expect(stored).toContain('owner-of-one')
    for (const secret of [result.session.token, PASSWORD]) {
      expect(stored).not.toContain(secret)
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })

  it.each<[string, () => Promise<SignInResult>]>([
    ['with a wrong password', () => signIn('owner-of-one', `${PASSWORD}!`)],
    ['with an unknown login', () => signIn('nobody')],
    ['with no login', () => signIn('', '')],
    ['with the dummy of the unknown', () => signIn('nobody', 'correct horse battery')],
    ['with a login that the database cannot keep', () => signIn('own\0er')],
  ])('%s is refused', async (_, attempt) => {
    expect(await attempt()).toEqual({ outcome: 'refused' })
  })

  it('costs the same whether the login is known or not: one hash, the same statements', async () => {
    const costOf = async (login: string, password: string): Promise<unknown> => {
      const verify = jest.mocked(argon2.verify)
      verify.mockClear()
      const before = statements
      expect(await signIn(login, password)).toEqual({ outcome: 'refused' })
      return { hashes: verify.mock.calls.length, statements: statements - before }
    }
    const known = await costOf('owner-of-one', 'not the password')
    expect(await costOf('another login', 'not the password')).toEqual(known)
    expect(known).toMatchObject({ hashes: 1 })
    expect((known as { statements: number }).statements).toBeGreaterThan(3)
  })

  it('gets a new hash where the parameters of the old one are of before', async () => {
    const old = await argon2.hash(PASSWORD, { memoryCost: 8, timeCost: 1 })
    await db.database.query('UPDATE person SET password_hash = $1', [old])
    expect((await signIn()).outcome).toBe('signed-in')
    const [row] = await rowsOf<{ hash: string }>(db, 'SELECT password_hash AS hash FROM person')
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await signIn()).outcome).toBe('signed-in')
  })

  it('is audited when refused, in the organisation of the account, or in organisation 0', async () => {
    await signIn('owner-of-one', 'wrong')
    await signIn('nobody')
    const [person] = await rowsOf<{ id: string }>(db, 'SELECT id FROM person')
    const last = { actor: 'anonymous', action: 'sign-in.refused', details: { by: 'password' } }
    expect((await auditOf(db.database, org, { limit: 1 }))[0]).toMatchObject({
      ...last,
      subject: `person:${person?.id}`,
    })
    expect((await auditOf(db.database, 0, { limit: 1 }))[0]).toMatchObject({ ...last, subject: 'person:unknown' })
    expect((await verifyAudit(db.database, org)).flaws).toEqual([])
  })
})

describe('attempts to sign in', () => {
  const wrong = (address?: string): Promise<SignInResult> => signIn('owner-of-one', 'wrong', address)

  it('wait longer and longer after five failures, and the answer says until when; the right password then lets in', async () => {
    for (let n = 0; n < 5; n += 1) expect(await wrong()).toEqual({ outcome: 'refused' })
    for (const seconds of [1, 2, 4, 8]) {
      const until = people.clock.now + seconds * 1_000
      expect(await wrong()).toEqual({ outcome: 'throttled', until })
      expect(await signIn()).toEqual({ outcome: 'throttled', until })
      people.clock.now = until
      expect(await wrong()).toEqual({ outcome: 'refused' })
    }
    people.clock.now += 16_000
    expect((await signIn()).outcome).toBe('signed-in')
    expect(await wrong()).toEqual({ outcome: 'refused' })
  })

  it('never wait longer than five minutes for an account', async () => {
    for (let n = 0; n < 40; n += 1) {
      await wrong(`198.51.100.${n}`)
      people.clock.now += 300_000
    }
    expect((await signIn()).outcome).toBe('signed-in')
  })

  it('are counted over all processes and addresses: of thirty at once five are checked', async () => {
    const verify = jest.mocked(argon2.verify)
    verify.mockClear()
    const processes = [people.identity, people.another(), people.another()]
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        (processes[n % 3] ?? people.identity).signIn.withPassword(
          { login: 'owner-of-one', password: 'wrong' },
          { ...ORIGIN, address: `198.51.100.${n}` },
        ),
      ),
    )
    const outcomes = results.map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome === 'throttled')).toHaveLength(25)
    expect(verify).toHaveBeenCalledTimes(5)
  })

  it('of one address are throttled over all accounts; another address is not', async () => {
    for (let n = 0; n < 30; n += 1) expect(await signIn(`unknown-${n}`)).toEqual({ outcome: 'refused' })
    expect((await signIn()).outcome).toBe('throttled')
    expect((await signIn('owner-of-one', PASSWORD, '192.0.2.2')).outcome).toBe('signed-in')
  })

  it('stay counted when a process restarts, and are forgotten after a day', async () => {
    for (let n = 0; n < 5; n += 1) await wrong()
    people = { ...people, identity: people.another() }
    expect((await wrong()).outcome).toBe('throttled')
    people.clock.now += 25 * 3_600_000
    await people.identity.sweep()
    expect(await rowsOf(db, 'SELECT FROM sign_in_throttle')).toEqual([])
    expect(await wrong()).toEqual({ outcome: 'refused' })
  })
})

describe('a person with a second factor', () => {
  let secret: Buffer
  let codes: readonly string[]
  const challenge = async (): Promise<string> => {
    const result = await signIn()
    if (result.outcome !== 'second-factor-wanted') throw new Error(result.outcome)
    return result.challenge
  }
  const codeNow = (by = 0): string => codeAt(secret, stepAt(people.clock.now) + by)
  const answer = async (code: string, at?: string): Promise<string> =>
    (await people.identity.signIn.withSecondFactor(at ?? (await challenge()), code, ORIGIN)).outcome

  beforeEach(async () => {
    const result = await signIn()
    if (result.outcome !== 'signed-in') throw new Error(result.outcome)
    const { actor } = result.session
    const begun = await people.identity.ownAccount.beginTotp(actor)
    expect(begun.uri).toContain(`secret=${begun.secret}&`)
    secret = fromBase32(begun.secret)
    expect(await people.identity.ownAccount.confirmTotp(actor, '000000')).toBeUndefined()
    expect((await signIn()).outcome).toBe('signed-in')
    codes = (await people.identity.ownAccount.confirmTotp(actor, codeNow())) ?? []
    expect(codes).toHaveLength(10)
    people.clock.now += 60_000
  })

  it('is let in by password and code, not by one of them', async () => {
    expect(await answer(codeNow())).toBe('signed-in')
    expect(await answer('000000')).toBe('refused')
    expect(await answer(codeNow(), 'no challenge')).toBe('refused')
  })

  it('uses each code once: of two at once exactly one lets in', async () => {
    const challenges = [await challenge(), await challenge(), await challenge()]
    const code = codeNow()
    const outcomes = await Promise.all(challenges.map((one) => answer(code, one)))
    expect(outcomes.sort()).toEqual(['refused', 'refused', 'signed-in'])
    expect(await answer(code)).toBe('refused')
    expect(await answer(codeNow(-1))).toBe('refused')
    expect(await answer(codeNow(1))).toBe('signed-in')
  })

  it('uses each challenge once, within five minutes', async () => {
    const one = await challenge()
    expect(await answer(codeNow(), one)).toBe('signed-in')
    people.clock.now += 30_000
    expect(await answer(codeNow(), one)).toBe('refused')
    const late = await challenge()
    people.clock.now += 5 * 60_000
    expect(await answer(codeNow(), late)).toBe('refused')
  })

  it('gets in by a recovery code, once each, of several at once exactly once', async () => {
    const [code = '', other = ''] = codes
    const challenges = [await challenge(), await challenge()]
    expect((await Promise.all(challenges.map((one) => answer(code, one)))).sort()).toEqual(['refused', 'signed-in'])
    expect(await answer(other.toLowerCase().replaceAll('-', ''))).toBe('signed-in')
  })

  it('is throttled after five wrong codes, whatever the challenge', async () => {
    for (let n = 0; n < 5; n += 1) expect(await answer('000000')).toBe('refused')
    expect(await answer(codeNow())).toBe('throttled')
    people.clock.now += 60_000
    expect(await answer(codeNow())).toBe('signed-in')
  })
})

/** Statements that this process has sent. */
let statements = 0
beforeAll(() => {
  const { prototype } = jest.requireActual<{ Client: { prototype: { query(...words: unknown[]): unknown } } }>(
    'pg',
  ).Client
  const query = prototype.query
  jest.spyOn(prototype, 'query').mockImplementation(function (this: unknown, ...words: unknown[]) {
    statements += 1
    return query.apply(this, words)
  })
})
afterAll(() => jest.restoreAllMocks())

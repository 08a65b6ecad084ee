import { emptyTables, rowsOf, useRole, useTestDatabase } from '../../../../../test/postgres/test-database'
import { SoftwareAuthenticator } from '../../../../../test/support/software-authenticator'
import { ORIGIN, PASSWORD } from '../people-for-tests'
import { AT, HOSTILE, PasskeyScene } from './passkeys-for-tests'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
let scene: PasskeyScene

beforeEach(async () => {
  await emptyTables(db)
  scene = await PasskeyScene.open(db.database, consoles.database)
})

describe('a person with a passkey', () => {
  let passkey: string
  let codes: readonly string[]
  beforeEach(async () => {
    ;({ id: passkey, codes } = await scene.registered())
  })

  it('logs in by password and passkey, and the account shows when', async () => {
    scene.people.clock.now += 60_000
    expect(await scene.signIn()).toBe('signed-in')
    expect(await scene.lastEntry()).toMatchObject({
      action: 'session.opened',
      details: { by: 'passkey', passkey, oidc: false },
    })
    const { passkeys } = await scene.people.identity.ownAccount.view(scene.owner)
    expect(passkeys[0]?.lastUsedAt).toBe(scene.people.clock.now)
  })

  it('gets to know which second factors may follow, and at which host', async () => {
    const wanted = { outcome: 'second-factor-wanted', factors: { app: false, passkeysAt: [AT.id] } }
    const credentials = { login: 'owner-of-one', password: PASSWORD }
    expect(await scene.people.identity.signIn.withPassword(credentials, ORIGIN)).toMatchObject(wanted)
    const elsewhere = { id: 'old.example.com', origin: 'https://old.example.com' }
    expect(await scene.people.identity.passkeys.beginSignIn(await scene.firstStep(), elsewhere)).toBeUndefined()
    expect(await scene.people.identity.passkeys.beginSignIn('no challenge', AT)).toBeUndefined()
  })

  it('logs in by a recovery code where the device is not at hand', async () => {
    const [code = ''] = codes
    expect(await scene.byCode(code)).toBe('signed-in')
  })

  it.each([
    ...HOSTILE,
    ['of a registration', { type: 'webauthn.create' }] as const,
    ['with the handle of another person', { userHandle: Buffer.alloc(16, 1).toString('base64url') }] as const,
    ['with an unknown id', { credential: Buffer.alloc(16).toString('base64url') }] as const,
  ])('is not logged in by an answer %s', async (_, forgery) => {
    expect(await scene.signIn(scene.device, forgery)).toBe('refused')
    expect(await scene.lastEntry()).toEqual({
      action: 'sign-in.refused',
      subject: `person:${scene.owner.id}`,
      details: { by: 'passkey', reason: 'answer' },
    })
  })

  it('is not logged in by another person’s passkey, nor by another key that claims to be this one', async () => {
    const other = await scene.colleague()
    const theirs = new SoftwareAuthenticator(AT.origin)
    await scene.register(other, theirs)
    expect(await scene.signIn(theirs)).toBe('refused')
    expect(await scene.signIn(new SoftwareAuthenticator(AT.origin), { credential: scene.device.id })).toBe('refused')
  })

  it('uses each answer once: of two at once exactly one lets in', async () => {
    const challenge = await scene.firstStep()
    const assertion = await scene.signed(challenge)
    const outcomes = await Promise.all([scene.answer(challenge, assertion), scene.answer(challenge, assertion)])
    expect(outcomes.sort()).toEqual(['refused', 'signed-in'])
    expect(await scene.answer(await scene.firstStep(), assertion)).toBe('refused')
  })

  it('uses a challenge up by a wrong answer, too, and within five minutes', async () => {
    const challenge = await scene.firstStep()
    const assertion = await scene.signed(challenge)
    expect(await scene.answer(challenge, { ...assertion, signature: 'AAAA' })).toBe('refused')
    expect(await scene.answer(challenge, assertion)).toBe('refused')
    const late = await scene.firstStep()
    const lateAnswer = await scene.signed(late)
    scene.people.clock.now += 5 * 60_000
    expect(await scene.answer(late, lateAnswer)).toBe('refused')
  })

  it('is refused by a device whose counter went back: a copy of it has signed', async () => {
    expect(await scene.signIn(scene.device, { counter: 7 })).toBe('signed-in')
    for (const counter of [7, 6, 0]) {
      expect(await scene.signIn(scene.device, { counter })).toBe('refused')
      expect(await scene.lastEntry()).toMatchObject({ details: { by: 'passkey', reason: 'counter' } })
    }
    expect(await scene.signIn(scene.device, { counter: 8 })).toBe('signed-in')
    // A number without its signature says nothing about the device.
    const challenge = await scene.firstStep()
    const forged = await scene.signed(challenge, new SoftwareAuthenticator(AT.origin), {
      credential: scene.device.id,
      counter: 3,
    })
    expect(await scene.answer(challenge, forged)).toBe('refused')
    expect(await scene.lastEntry()).toMatchObject({ details: { reason: 'answer' } })
  })

  it('may have one that does not count, as those in the cloud', async () => {
    const cloud = new SoftwareAuthenticator(AT.origin, 'uncounted')
    await scene.register(scene.owner, cloud)
    expect(await scene.signIn(cloud)).toBe('signed-in')
    expect(await scene.signIn(cloud)).toBe('signed-in')
  })

  it('is throttled after five wrong answers, together with wrong codes', async () => {
    for (let n = 0; n < 3; n += 1) expect(await scene.signIn(scene.device, { verified: false })).toBe('refused')
    for (let n = 0; n < 2; n += 1) expect(await scene.byCode('000000')).toBe('refused')
    expect(await scene.signIn()).toBe('throttled')
    scene.people.clock.now += 60_000
    expect(await scene.signIn()).toBe('signed-in')
  })

  it('is not let in once disabled between the steps', async () => {
    const lin = await scene.colleague()
    const theirs = new SoftwareAuthenticator(AT.origin)
    await scene.register(lin, theirs)
    const challenge = await scene.firstStep('lin')
    const assertion = await scene.signed(challenge, theirs)
    await scene.people.identity.members.disable(scene.owner, lin.id)
    expect(await scene.answer(challenge, assertion)).toBe('refused')
    expect(await scene.lastEntry()).toMatchObject({ details: { by: 'passkey', reason: 'person-disabled' } })
  })

  it('proves again who asks by it, not by the password, in the session that asked', async () => {
    const { passkeys, sessions } = scene.people.identity
    const prove = (assertion: ReturnType<typeof scene.device.sign>) =>
      sessions.reauthenticate(scene.owner, { passkey: { assertion, at: AT } }, ORIGIN)
    const begin = async () =>
      scene.device.sign((await passkeys.beginProof(scene.owner, AT)) ?? { challenge: '', rpId: '' })
    scene.people.clock.now += 60_000
    expect(await sessions.reauthenticate(scene.owner, { password: PASSWORD }, ORIGIN)).toEqual({ outcome: 'refused' })
    const assertion = await begin()
    expect(await prove(assertion)).toEqual({ outcome: 'done', at: scene.people.clock.now })
    expect(await scene.lastEntry()).toMatchObject({
      action: 'session.reauthenticated',
      details: { by: 'passkey', passkey },
    })
    expect(await prove(assertion)).toEqual({ outcome: 'refused' })
    // What was asked for a log-in proves nothing.
    expect(await prove(await scene.signed(await scene.firstStep()))).toEqual({ outcome: 'refused' })
    expect(await scene.lastEntry()).toMatchObject({ action: 'session.reauthentication-refused' })
  })

  it('removes one of several; with the last second factor the recovery codes go, too', async () => {
    const second = await scene.registered(new SoftwareAuthenticator(AT.origin))
    const removed = (id: string, by = scene.owner) => scene.people.identity.passkeys.remove(by, id)
    const other = await scene.colleague()
    expect(await removed(passkey, other)).toBe(false)
    expect(await removed('not an id')).toBe(false)
    expect((await Promise.all([removed(passkey), removed(passkey)])).sort()).toEqual([false, true])
    expect(await scene.lastEntry()).toMatchObject({ action: 'passkey.removed', details: { passkey, last: false } })
    expect(await scene.codesLeft()).toBe(10)
    expect(await scene.signIn()).toBe('refused')
    expect(await removed(second.id)).toBe(true)
    expect(await scene.lastEntry()).toMatchObject({ details: { passkey: second.id, last: true } })
    expect(await scene.codesLeft()).toBe(0)
    const result = await scene.people.identity.signIn.withPassword(
      { login: 'owner-of-one', password: PASSWORD },
      ORIGIN,
    )
    expect(result.outcome).toBe('signed-in')
  })

  it('removes the last two at once and keeps no recovery codes without a second factor', async () => {
    const second = await scene.registered(new SoftwareAuthenticator(AT.origin))
    await Promise.all([passkey, second.id].map((id) => scene.people.identity.passkeys.remove(scene.owner, id)))
    expect(await scene.codesLeft()).toBe(0)
  })

  it('keeps the codes of the app when the passkey is removed, and loses all when an owner turns it off', async () => {
    const codeNow = await scene.addApp()
    await scene.people.identity.passkeys.remove(scene.owner, passkey)
    expect(await scene.codesLeft()).toBe(10)
    await scene.register(scene.owner, new SoftwareAuthenticator(AT.origin))
    expect(await scene.byCode(codeNow())).toBe('signed-in')
    await scene.people.identity.members.removeSecondFactor(scene.owner, scene.owner.id)
    expect(
      await rowsOf(db, 'SELECT FROM passkey UNION ALL SELECT FROM totp UNION ALL SELECT FROM recovery_code'),
    ).toEqual([])
  })

  it('has challenges that are swept once they have expired', async () => {
    await scene.people.identity.passkeys.beginProof(scene.owner, AT)
    scene.people.clock.now += 6 * 60_000
    await scene.people.identity.sweep()
    expect(await rowsOf(db, 'SELECT FROM passkey_challenge')).toEqual([])
  })
})

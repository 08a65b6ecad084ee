import { emptyTables, rowsOf, useRole, useTestDatabase } from '../../../../../test/postgres/test-database'
import { SoftwareAuthenticator } from '../../../../../test/support/software-authenticator'
import { AT, HOSTILE, PasskeyScene } from './passkeys-for-tests'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
let scene: PasskeyScene

beforeEach(async () => {
  await emptyTables(db)
  scene = await PasskeyScene.open(db.database, consoles.database)
})

describe('a new passkey', () => {
  it('is the second factor from then on, with ten recovery codes that are shown once', async () => {
    const result = await scene.registered()
    expect(result.codes).toHaveLength(10)
    expect(await scene.lastEntry()).toEqual({
      action: 'passkey.registered',
      subject: `person:${scene.owner.id}`,
      details: { passkey: result.id },
    })
    expect(await scene.people.identity.ownAccount.view(scene.owner)).toMatchObject({
      ...{ secondFactor: true, authenticatorApp: false, recoveryCodesLeft: 10 },
      passkeys: [
        { id: result.id, name: 'the laptop', rpId: AT.id, createdAt: scene.people.clock.now, lastUsedAt: null },
      ],
    })
    expect((await scene.people.identity.members.list(scene.owner))[0]).toMatchObject({ secondFactor: true })
  })

  it('of a person with an app leaves the recovery codes as they are', async () => {
    await scene.addApp()
    expect(await scene.register()).toMatchObject({ outcome: 'registered', codes: undefined })
    expect(await scene.codesLeft()).toBe(10)
  })

  it.each([
    ...HOSTILE,
    ['of a log-in', { type: 'webauthn.get' }] as const,
    ['with a certificate', { certificate: true }] as const,
  ])('%s is refused', async (_, forgery) => {
    expect(await scene.register(scene.owner, scene.device, forgery)).toEqual({ outcome: 'refused' })
    expect(await rowsOf(db, 'SELECT FROM passkey')).toEqual([])
  })

  it('counts once: the same answer again, or after five minutes, is refused', async () => {
    const { passkeys } = scene.people.identity
    const answered = scene.device.register(await passkeys.beginRegistration(scene.owner, AT))
    const both = [1, 2].map(() => passkeys.register(scene.owner, answered, { name: 'a', at: AT }))
    expect((await Promise.all(both)).map(({ outcome }) => outcome).sort()).toEqual(['refused', 'registered'])
    const late = new SoftwareAuthenticator(AT.origin).register(await passkeys.beginRegistration(scene.owner, AT))
    scene.people.clock.now += 5 * 60_000
    expect(await passkeys.register(scene.owner, late, { name: 'b', at: AT })).toEqual({ outcome: 'refused' })
  })

  it('counts in the session that began', async () => {
    const other = await scene.colleague()
    const options = await scene.people.identity.passkeys.beginRegistration(scene.owner, AT)
    expect(
      await scene.people.identity.passkeys.register(other, scene.device.register(options), { name: 'a', at: AT }),
    ).toEqual({
      outcome: 'refused',
    })
  })

  it('has an id of its own: that of another person’s is refused', async () => {
    await scene.register()
    const other = await scene.colleague()
    const thief = new SoftwareAuthenticator(AT.origin)
    expect(await scene.register(other, thief, { credential: scene.device.id })).toEqual({ outcome: 'known' })
    expect(await scene.register()).toEqual({ outcome: 'known' })
    expect(await scene.signIn()).toBe('signed-in')
  })

  it('is the twentieth at most', async () => {
    const all = []
    for (let n = 0; n < 21; n += 1)
      all.push((await scene.register(scene.owner, new SoftwareAuthenticator(AT.origin))).outcome)
    expect(all).toEqual([...Array.from({ length: 20 }, () => 'registered'), 'too-many'])
  })
})

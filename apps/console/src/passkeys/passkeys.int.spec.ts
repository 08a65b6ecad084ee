import { SoftwareAuthenticator } from '../../../../test/support/software-authenticator'
import { challengeOf, registerPasskey } from '../../test/every-passkey-write'
import { PASSWORD } from '../../test/signed-in'
import { openStack, type Stack } from '../../test/stack'

let stack: Stack
beforeAll(async () => {
  stack = await openStack()
})
afterAll(() => stack.close())

const LOGGED_OUT = { operator: null }
const of = (login: string) => ({ operator: { login, role: 'finance' as const } })
const device = () => new SoftwareAuthenticator('http://localhost')
const outcome = ({ status, body }: { status: number; body: Readonly<Record<string, unknown>> }): string =>
  `${status} ${String(body['code'])}`
/** The proof of the log-in is five minutes old. */
const ageProofs = (): Promise<unknown> =>
  stack.database.query('UPDATE session SET reauthenticated_at = reauthenticated_at - 600000')

describe('passkeys of the own account', () => {
  it('are listed with their use, and log in after the password', async () => {
    const own = device()
    await stack.signedIn.headers({ login: 'mei', role: 'finance' })
    expect((await registerPasskey(stack, 'mei', own)).status).toBe(200)
    const credentials = { login: 'mei', password: PASSWORD }
    const first = await stack.operator.post('/api/session', credentials, LOGGED_OUT)
    expect(first.body).toMatchObject({ me: null, factors: ['passkey'] })
    const { challenge } = first.body
    const begun = await stack.operator.post('/api/session/passkey/begin', { challenge }, LOGGED_OUT)
    const wish = { challenge, assertion: own.sign(begun.body as never) }
    const { status, body } = await stack.operator.post('/api/session/passkey', wish, LOGGED_OUT)
    expect([status, body]).toMatchObject([200, { me: { login: 'mei' }, challenge: null, factors: [] }])
    expect((await stack.operator.get('/api/account/passkeys', of('mei'))).body).toMatchObject({
      possible: true,
      items: [{ host: 'localhost', usableHere: true, lastUsedAt: expect.any(String) }],
    })
    expect((await stack.operator.get('/api/account', of('mei'))).body).toMatchObject({
      ...{ secondFactor: true, authenticatorApp: false, recoveryCodesLeft: 10 },
    })
  })

  it('do not exist under an IP address, which the list says', async () => {
    const headers = { host: '127.0.0.1:8080' }
    await stack.signedIn.headers({ login: 'mei', role: 'finance' })
    const list = await stack.operator.get('/api/account/passkeys', { ...of('mei'), headers })
    expect(list.body).toMatchObject({ possible: false, items: [{ usableHere: false }] })
    const begun = await stack.operator.post('/api/account/passkeys/begin', {}, { ...of('mei'), headers })
    expect(outcome(begun)).toBe('409 passkey-needs-host-name')
    const credentials = { login: 'mei', password: PASSWORD }
    const first = await stack.operator.post('/api/session', credentials, { ...LOGGED_OUT, headers })
    expect(first.body).toMatchObject({ me: null, challenge: expect.any(String), factors: [] })
  })

  it('are used by the page’s own address only: another port of the machine is another page', async () => {
    const challenge = await challengeOf(stack, 'mei')
    const begun = await stack.operator.post('/api/session/passkey/begin', { challenge }, LOGGED_OUT)
    const assertion = device().sign(begun.body as never, { origin: 'http://localhost:9090' })
    const wish = { challenge, assertion }
    expect(outcome(await stack.operator.post('/api/session/passkey', wish, LOGGED_OUT))).toBe('401 sign-in-refused')
  })

  it('need a recent proof to be added and removed, by a passkey where there is one', async () => {
    const own = device()
    await stack.signedIn.headers({ login: 'bo', role: 'finance' })
    const { body } = await registerPasskey(stack, 'bo', own)
    await ageProofs()
    const remove = () =>
      stack.operator.send('DELETE' as 'POST', `/api/account/passkeys/${String(body['id'])}`, {}, of('bo'))
    const wanted = '403 reauthentication-required'
    expect(outcome(await stack.operator.post('/api/account/passkeys/begin', {}, of('bo')))).toBe(wanted)
    expect(outcome(await remove())).toBe(wanted)
    const begun = await stack.operator.post('/api/session/proof/passkey/begin', {}, of('bo'))
    const wish = { assertion: own.sign(begun.body as never) }
    expect((await stack.operator.post('/api/session/proof/passkey', wish, of('bo'))).status).toBe(200)
    expect(outcome(await stack.operator.post('/api/session/proof/passkey', wish, of('bo')))).toBe('403 proof-refused')
    expect((await remove()).body).toEqual({ done: true })
    expect(outcome(await remove())).toBe('404 not-found')
    expect(outcome(await stack.operator.post('/api/session/proof/passkey/begin', {}, of('bo')))).toBe('404 not-found')
  })

  it('are not another person’s to remove', async () => {
    await stack.signedIn.headers({ login: 'yan', role: 'finance' })
    const { body } = await registerPasskey(stack, 'yan', device())
    const url = `/api/account/passkeys/${String(body['id'])}`
    expect(outcome(await stack.operator.send('DELETE' as 'POST', url, {}, of('zhao')))).toBe('404 not-found')
  })

  it('are answered alike whether the challenge is unknown or the signature is wrong', async () => {
    const begin = (challenge: string) => stack.operator.post('/api/session/passkey/begin', { challenge }, LOGGED_OUT)
    expect(outcome(await begin('unknown'))).toBe('401 sign-in-refused')
    const challenge = await challengeOf(stack, 'yan')
    const { body } = await begin(challenge)
    const wrong = device().sign(body as never)
    const refused = await stack.operator.post('/api/session/passkey', { challenge, assertion: wrong }, LOGGED_OUT)
    const unknown = await stack.operator.post('/api/session/passkey', { challenge: 'no', assertion: wrong }, LOGGED_OUT)
    expect(refused).toEqual(unknown)
  })

  it.each([
    ['no base64url', { clientDataJSON: 'a b' }],
    ['JSON of another shape', { clientDataJSON: Buffer.from('[]').toString('base64url') }],
    ['no JSON', { clientDataJSON: 'AAAA' }],
    ['cut bytes of the device', { authenticatorData: 'AAAA' }],
    ['no signature', { signature: '' }],
  ])('are refused with %s', async (_, changes) => {
    await stack.database.query('DELETE FROM sign_in_throttle')
    const challenge = await challengeOf(stack, 'yan')
    const { body } = await stack.operator.post('/api/session/passkey/begin', { challenge }, LOGGED_OUT)
    const assertion = { ...device().sign(body as never), ...changes }
    const { status } = await stack.operator.post('/api/session/passkey', { challenge, assertion }, LOGGED_OUT)
    expect([400, 401]).toContain(status)
  })
})

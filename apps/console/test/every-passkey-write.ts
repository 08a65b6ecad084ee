import { SoftwareAuthenticator } from '../../../test/support/software-authenticator'
import { logInPerson, TYPED, type Write } from './every-write'
import type { RequestOptions, Response } from './operator-requests'
import { PASSWORD } from './signed-in'
import type { Stack } from './stack'

const ORIGIN = 'http://localhost'
type Creation = Parameters<SoftwareAuthenticator['register']>[0]
type Request = Parameters<SoftwareAuthenticator['sign']>[0]

const send = (stack: Stack, method: string, url: string, body: object, operator: string | null): Promise<Response> =>
  stack.operator.send(method as 'POST', url, body, { operator } satisfies RequestOptions)

/** Registers a passkey as the account page does. */
export async function registerPasskey(stack: Stack, login: string, device: SoftwareAuthenticator): Promise<Response> {
  const { body } = await send(stack, 'POST', '/api/account/passkeys/begin', {}, login)
  const registration = device.register(body as unknown as Creation)
  return send(stack, 'POST', '/api/account/passkeys', { name: TYPED, registration }, login)
}

/** What the log-in answers once the password was right. */
export async function challengeOf(stack: Stack, login: string): Promise<string> {
  const { body } = await send(stack, 'POST', '/api/session', { login, password: PASSWORD }, null)
  return String(body['challenge'])
}

/** How each operation on passkeys is carried out once. */
export const EVERY_PASSKEY_WRITE: Readonly<Record<string, (stack: Stack) => Promise<Write>>> = {
  'POST /api/account/passkeys': async (stack) => {
    const id = await logInPerson(stack, 'adds-passkey')
    const answer = await registerPasskey(stack, 'adds-passkey', new SoftwareAuthenticator(ORIGIN))
    return { subject: `person:${id}`, answer }
  },
  'DELETE /api/account/passkeys/{id}': async (stack) => {
    const id = await logInPerson(stack, 'removes-passkey')
    const { body } = await registerPasskey(stack, 'removes-passkey', new SoftwareAuthenticator(ORIGIN))
    const url = `/api/account/passkeys/${String(body['id'])}`
    return { subject: `person:${id}`, answer: await send(stack, 'DELETE', url, {}, 'removes-passkey') }
  },
  'POST /api/session/passkey': async (stack) => {
    const device = new SoftwareAuthenticator(ORIGIN)
    await logInPerson(stack, 'signs')
    await registerPasskey(stack, 'signs', device)
    const challenge = await challengeOf(stack, 'signs')
    const { body } = await send(stack, 'POST', '/api/session/passkey/begin', { challenge }, null)
    const wish = { challenge, assertion: device.sign(body as unknown as Request) }
    return { answer: await send(stack, 'POST', '/api/session/passkey', wish, null) }
  },
  'POST /api/session/proof/passkey': async (stack) => {
    const device = new SoftwareAuthenticator(ORIGIN)
    await logInPerson(stack, 'signs-again')
    await registerPasskey(stack, 'signs-again', device)
    const { items } = (await stack.operator.get('/api/sessions', { operator: 'signs-again' })).body as {
      items: { id: string; current: boolean }[]
    }
    const { body } = await send(stack, 'POST', '/api/session/proof/passkey/begin', {}, 'signs-again')
    const wish = { assertion: device.sign(body as unknown as Request) }
    return {
      subject: `session:${items.find(({ current }) => current)?.id ?? ''}`,
      answer: await send(stack, 'POST', '/api/session/proof/passkey', wish, 'signs-again'),
    }
  },
}

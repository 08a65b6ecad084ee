import { type Write, logInPerson } from './every-write'
import type { RequestOptions, Response } from './operator-requests'
import { PASSWORD } from './signed-in'
import type { Stack } from './stack'
import { codeOfSecret } from './totp-code'

const send = (stack: Stack, method: string, url: string, body: object = {}, options?: RequestOptions) =>
  stack.operator.send(method as 'POST', url, body, options)
const actingAs = (operator: string): RequestOptions => ({ operator })

const logIn = (stack: Stack, login: string, more = {}): Promise<Response> =>
  send(stack, 'POST', '/api/session', { login, password: PASSWORD, ...more }, { operator: null })

/** A person with a second factor; answers the recovery codes. */
async function withSecondFactor(stack: Stack, login: string): Promise<string[]> {
  await logInPerson(stack, login)
  const { body } = await send(stack, 'POST', '/api/account/second-factor', {}, actingAs(login))
  const code = codeOfSecret(String(body['secret']))
  const confirmed = await send(stack, 'POST', '/api/account/second-factor/confirm', { code }, actingAs(login))
  return confirmed.body['codes'] as string[]
}

const invite = (stack: Stack, login: string): Promise<Response> =>
  send(stack, 'POST', '/api/people/invitations', { role: 'finance', stores: null, login })
const tokenOf = ({ body }: Response): string => String(body['path']).split('#')[1] ?? ''

const writeToPerson =
  (login: string, method: string, operation: string, body?: object) =>
  async (stack: Stack): Promise<Write> => {
    const id = await logInPerson(stack, login)
    return { subject: `person:${id}`, answer: await send(stack, method, `/api/people/${id}/${operation}`, body) }
  }
const writeToOwnAccount =
  (login: string, method: string, url: string, body: object) =>
  async (stack: Stack): Promise<Write> => {
    const id = await logInPerson(stack, login)
    return { subject: `person:${id}`, answer: await send(stack, method, url, body, actingAs(login)) }
  }
const sessionOf = async (stack: Stack, login: string): Promise<string> => {
  const { items } = (await stack.operator.get('/api/sessions', actingAs(login))).body as {
    items: { id: string; current: boolean }[]
  }
  return items.find(({ current }) => current)?.id ?? ''
}

/** How each operation on people, sessions and keys is carried out once. */
export const EVERY_ACCOUNT_WRITE: Readonly<Record<string, (stack: Stack) => Promise<Write>>> = {
  'POST /api/session': async (stack) => {
    await logInPerson(stack, 'enters')
    return { answer: await logIn(stack, 'enters') }
  },
  'POST /api/session/second-factor': async (stack) => {
    const [code] = await withSecondFactor(stack, 'two-steps')
    const { challenge } = (await logIn(stack, 'two-steps')).body
    const wish = { challenge, code }
    return { answer: await send(stack, 'POST', '/api/session/second-factor', wish, { operator: null }) }
  },
  'DELETE /api/session': async (stack) => {
    await logInPerson(stack, 'leaves')
    const session = await sessionOf(stack, 'leaves')
    return {
      subject: `session:${session}`,
      answer: await send(stack, 'DELETE', '/api/session', {}, actingAs('leaves')),
    }
  },
  'POST /api/session/proof': async (stack) => {
    await logInPerson(stack, 'proves')
    const session = await sessionOf(stack, 'proves')
    const answer = await send(stack, 'POST', '/api/session/proof', { password: PASSWORD }, actingAs('proves'))
    return { subject: `session:${session}`, answer }
  },
  'POST /api/session/organisation': async (stack) => {
    await logInPerson(stack, 'changes')
    const session = await sessionOf(stack, 'changes')
    const answer = await send(stack, 'POST', '/api/session/organisation', { organisation: 'ours' }, actingAs('changes'))
    return { subject: `session:${session}`, answer }
  },
  'POST /api/sessions/{id}/revoke': async (stack) => {
    await logInPerson(stack, 'revokes')
    const session = await sessionOf(stack, 'revokes')
    const answer = await send(stack, 'POST', `/api/sessions/${session}/revoke`, {}, actingAs('revokes'))
    return { subject: `session:${session}`, answer }
  },
  'POST /api/sessions/revoke-others': async (stack) => {
    const id = await logInPerson(stack, 'revokes-others')
    await logIn(stack, 'revokes-others')
    const answer = await send(stack, 'POST', '/api/sessions/revoke-others', {}, actingAs('revokes-others'))
    return { subject: `person:${id}`, answer }
  },
  'POST /api/links/open': async (stack) => {
    const token = tokenOf(await invite(stack, 'arrives'))
    const answers = { token, displayName: 'Arriving', password: PASSWORD }
    return { answer: await send(stack, 'POST', '/api/links/open', answers, { operator: null }) }
  },
  'POST /api/links/join': async (stack) => {
    const headers = await stack.neighbour.headers({ login: 'joins' })
    const token = tokenOf(await invite(stack, 'joins'))
    return { answer: await send(stack, 'POST', '/api/links/join', { token }, { headers }) }
  },
  'PUT /api/account/name': writeToOwnAccount('renames', 'PUT', '/api/account/name', { displayName: 'Another name' }),
  'POST /api/account/password': writeToOwnAccount('changes-password', 'POST', '/api/account/password', {
    current: PASSWORD,
    next: `another ${PASSWORD}`,
  }),
  'POST /api/account/second-factor': writeToOwnAccount('begins', 'POST', '/api/account/second-factor', {}),
  'POST /api/account/second-factor/confirm': async (stack) => {
    const id = await logInPerson(stack, 'confirms')
    const { secret } = (await send(stack, 'POST', '/api/account/second-factor', {}, actingAs('confirms'))).body
    const wish = { code: codeOfSecret(String(secret)) }
    const answer = await send(stack, 'POST', '/api/account/second-factor/confirm', wish, actingAs('confirms'))
    return { subject: `person:${id}`, answer }
  },
  'DELETE /api/account/second-factor': async (stack) => {
    await withSecondFactor(stack, 'removes')
    return writeToOwnAccount('removes', 'DELETE', '/api/account/second-factor', {})(stack)
  },
  'POST /api/account/recovery-codes': async (stack) => {
    await withSecondFactor(stack, 'renews')
    return writeToOwnAccount('renews', 'POST', '/api/account/recovery-codes', {})(stack)
  },
  'POST /api/people/invitations': async (stack) => ({ answer: await invite(stack, 'invited') }),
  'POST /api/people/invitations/{id}/withdraw': async (stack) => {
    await invite(stack, 'not-after-all')
    const { invitations } = (await stack.get('/api/people')).body as { invitations: { id: string; login: string }[] }
    const { id } = invitations.find(({ login }) => login === 'not-after-all') ?? { id: '' }
    return { subject: `link:${id}`, answer: await send(stack, 'POST', `/api/people/invitations/${id}/withdraw`) }
  },
  'PUT /api/people/{id}/rights': writeToPerson('changed', 'PUT', 'rights', { role: 'auditor', stores: null }),
  'POST /api/people/{id}/disable': writeToPerson('disabled', 'POST', 'disable'),
  'POST /api/people/{id}/enable': async (stack) => {
    await writeToPerson('enabled', 'POST', 'disable')(stack)
    const { items } = (await stack.get('/api/people')).body as { items: { id: string; login: string }[] }
    const { id } = items.find(({ login }) => login === 'enabled') ?? { id: '' }
    return { subject: `person:${id}`, answer: await send(stack, 'POST', `/api/people/${id}/enable`) }
  },
  'POST /api/people/{id}/reset-link': writeToPerson('forgets', 'POST', 'reset-link'),
  'POST /api/people/{id}/remove-second-factor': async (stack) => {
    await withSecondFactor(stack, 'loses')
    return writeToPerson('loses', 'POST', 'remove-second-factor')(stack)
  },
  'POST /api/keys': async (stack) => {
    const answer = await createKey(stack)
    return { subject: `key:${keyOf(answer)}`, answer }
  },
  'POST /api/keys/{id}/revoke': async (stack) => {
    const id = keyOf(await createKey(stack))
    return { subject: `key:${id}`, answer: await send(stack, 'POST', `/api/keys/${id}/revoke`) }
  },
}

const createKey = (stack: Stack): Promise<Response> =>
  send(stack, 'POST', '/api/keys', {
    label: 'BI',
    permissions: ['queue.read'],
    stores: null,
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  })
const keyOf = ({ body }: Response): string => (body['key'] as { id: string }).id

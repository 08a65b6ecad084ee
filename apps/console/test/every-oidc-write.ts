import { logInPerson, TYPED, type Write } from './every-write'
import { OidcBrowser } from './oidc-browser'
import { CLIENT, type TestProvider } from './oidc-provider'
import type { Response } from './operator-requests'
import type { Stack } from './stack'

/** How each operation on the log-in provider is carried out once. */
export function everyOidcWrite(
  provider: () => TestProvider,
): Readonly<Record<string, (stack: Stack) => Promise<Write>>> {
  const save = (stack: Stack): Promise<Response> =>
    stack.operator.put('/api/oidc', {
      ...{ issuer: provider().issuer, ...CLIENT, required: false },
      ...{ emailDomains: [], roleClaim: null, roleValues: [{ value: TYPED, role: 'finance' }] },
    })
  const link = async (stack: Stack, login: string): Promise<Write & { readonly browser: OidcBrowser }> => {
    await save(stack)
    const id = await logInPerson(stack, login)
    const browser = new OidcBrowser(stack, (await stack.signedIn.headers({ login })).cookie)
    await provider().tell({ account: { sub: TYPED + login } })
    const returned = await provider().visit(await browser.begin({}, '/api/account/oidc'))
    return { subject: `person:${id}`, answer: await browser.complete(returned), browser }
  }
  return {
    'PUT /api/oidc': async (stack) => ({ subject: `organisation:${stack.ours.org}`, answer: await save(stack) }),
    'POST /api/session/oidc/complete': (stack) => link(stack, 'links'),
    'DELETE /api/account/oidc': async (stack) => {
      const { subject = '', browser } = await link(stack, 'unlinks')
      return { subject, answer: await browser.send('DELETE', '/api/account/oidc') }
    },
    'DELETE /api/oidc': async (stack) => {
      await save(stack)
      const answer = await stack.operator.send('DELETE' as 'POST', '/api/oidc')
      return { subject: `organisation:${stack.ours.org}`, answer }
    },
  }
}

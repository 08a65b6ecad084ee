import { OidcBrowser, redirectUrlOf } from './oidc-browser'
import { CLIENT, startProvider, type ProviderAccount, type TestProvider } from './oidc-provider'
import type { Response } from './operator-requests'
import { openStack, type Stack } from './stack'

export const MEI: ProviderAccount = {
  ...{ sub: 'subject-of-mei', email: 'mei@shop.example', email_verified: true, groups: ['cs'] },
}

/** A console whose organisation has a provider, for one spec. */
export class OidcFixture {
  private constructor(
    readonly stack: Stack,
    readonly provider: TestProvider,
  ) {}

  /** The key of the organisation's log-in link. */
  organisation = ''

  static async open(): Promise<OidcFixture> {
    const stack = await openStack()
    const fixture = new OidcFixture(stack, await startProvider(redirectUrlOf(stack)))
    expect((await fixture.save()).status).toBe(200)
    const { body } = await fixture.stack.operator.get('/api/oidc')
    fixture.organisation = String((body['settings'] as { logInPath: string }).logInPath.split('=')[1])
    return fixture
  }

  async close(): Promise<void> {
    await this.provider.close()
    await this.stack.close()
  }

  settings() {
    return {
      ...{ issuer: this.provider.issuer, ...CLIENT, required: false },
      ...{ emailDomains: [] as string[], roleClaim: null as string | null, roleValues: [] as object[] },
    }
  }

  save(changes: object = {}): Promise<Response> {
    return this.stack.operator.put('/api/oidc', { ...this.settings(), ...changes })
  }

  async browserOf(login: string): Promise<OidcBrowser> {
    const { cookie } = await this.stack.signedIn.headers({ login, role: 'after-sale-agent' })
    return new OidcBrowser(this.stack, cookie)
  }

  /** Links the account of the provider to a person who is logged in, as the account page does. */
  async linked(login: string, account: ProviderAccount): Promise<OidcBrowser> {
    const browser = await this.browserOf(login)
    await this.provider.tell({ account })
    const returned = await this.provider.visit(await browser.begin({}, '/api/account/oidc'))
    const { body } = await browser.complete(returned)
    if (body['outcome'] !== 'linked') throw new Error(JSON.stringify(body))
    return browser
  }

  /** Logs in through the provider, in a new browser unless one is given. */
  async logIn(account: ProviderAccount, browser = new OidcBrowser(this.stack)): Promise<Response> {
    await this.provider.tell({ account })
    return browser.complete(await this.provider.visit(await browser.begin({ organisation: this.organisation })))
  }

  /** Forgeries and refusals are of one test only. */
  async settle(): Promise<void> {
    if (this.provider.isRunning()) await this.provider.tell({ tamper: null, decline: false, challenge: false })
  }
}

export const outcomeOf = ({ status, body }: Response): string => `${status} ${String(body['code'] ?? body['outcome'])}`

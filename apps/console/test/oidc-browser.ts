import type { Response } from './operator-requests'
import type { Stack } from './stack'

/** Where the provider of our organisation sends browsers back to. */
export const redirectUrlOf = ({ ours }: Pick<Stack, 'ours'>): string => `http://127.0.0.1/login/returned/${ours.org}`

/** One browser at the console: it keeps cookies, and goes to the provider and back. */
export class OidcBrowser {
  private readonly cookies = new Map<string, string>()

  constructor(
    private readonly stack: Stack,
    cookie?: string,
  ) {
    if (cookie !== undefined) this.keep(cookie)
  }

  async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object): Promise<Response> {
    const cookie = [['of', 'a-browser'], ...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await this.stack.app.inject({
      ...{ method, url, headers: { host: '127.0.0.1', cookie, origin: 'http://127.0.0.1' } },
      ...(body && { payload: body }),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.keep(line)
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
  }

  /** The provider's page. */
  async begin(body: object, url = '/api/session/oidc'): Promise<string> {
    const { status, body: begun } = await this.send('POST', url, body)
    if (status !== 200) throw new Error(`not begun: ${JSON.stringify(begun)}`)
    return String(begun['url'])
  }

  /** Of what the provider sends, the page passes on what counts. */
  complete(all: Readonly<Record<string, string>>): Promise<Response> {
    const names = ['organisation', 'state', 'code', 'iss', 'error']
    const returned = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
    return this.send('POST', '/api/session/oidc/complete', returned)
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    this.cookies.set(name, value)
  }
}

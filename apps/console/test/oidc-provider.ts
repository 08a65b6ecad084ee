import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const CLIENT = { clientId: 'the-console', clientSecret: 'a secret of the test that is long enough' }

/** Who is at the keyboard of the provider. */
export interface ProviderAccount {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly groups?: readonly string[]
}

export type Tampering = 'nonce' | 'iss' | 'aud' | 'expired' | 'none' | 'signature' | 'old-proof' | 'new-proof'

interface Control {
  readonly account?: ProviderAccount
  readonly tamper?: Tampering | null
  readonly decline?: boolean
  /** A refused client is answered with `WWW-Authenticate`, too. */
  readonly challenge?: boolean
  readonly rotate?: boolean
}

/** What the provider sends the browser back with, and the organisation of the address. */
export type Returned = Readonly<Record<string, string>>

/** A real OpenID Connect provider on a loopback port. */
export interface TestProvider {
  readonly issuer: string
  tell(control: Control): Promise<void>
  /** Opens a page of the provider as a browser does, up to the address that it is sent back to. */
  visit(url: string): Promise<Returned>
  isRunning(): boolean
  close(): Promise<void>
}

/** @param redirectUrls where it may send browsers back to */
export async function startProvider(...redirectUrls: readonly string[]): Promise<TestProvider> {
  const { clientId, clientSecret } = CLIENT
  const script = join(__dirname, 'provider-process.mjs')
  const child = fork(script, [clientId, clientSecret, ...redirectUrls], {
    // Its warnings about missing settings are for a provider in production.
    ...{ execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  })
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  const answered = async (): Promise<unknown> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown]
    return message
  }
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the provider has ended (${String(code)})`)
  })
  ended.catch(() => undefined)
  const { issuer } = (await answered()) as { issuer: string }
  return {
    issuer,
    async tell({ tamper, ...control }) {
      const answer = answered()
      // An absent forgery is `undefined` there, which a message cannot hold.
      child.send(tamper === null ? { ...control, tamper: 'nothing' } : { ...control, ...(tamper && { tamper }) })
      await answer
    },
    isRunning,
    visit: (url) => visit(url, redirectUrls),
    async close() {
      if (!isRunning()) return
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

const MOST_STEPS = 12

async function visit(first: string, redirectUrls: readonly string[]): Promise<Returned> {
  const cookies = new Map<string, string>()
  let url = first
  for (let step = 0; step < MOST_STEPS; step++) {
    const found = redirectUrls.find((one) => url.startsWith(`${one}?`))
    if (found !== undefined) {
      const { pathname, searchParams } = new URL(url)
      return { organisation: pathname.split('/').at(-1) ?? '', ...Object.fromEntries(searchParams) }
    }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`)
    url = new URL(next, url).href
  }
  throw new Error('the provider sends the browser in circles')
}

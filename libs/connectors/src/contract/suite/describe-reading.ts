import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connector } from '../connector'
import type { CaseReference } from '../inbound'
import type { Answer } from '../answer'
import type { StoreSession, CallContext } from '../outbound'

/** Fixtures for reading one case: a session at a given URL, and the expected meaning of the marketplace's answers. */
export interface ReadingFixtures {
  /** Its secrets are long enough to be recognised in any output. */
  readonly session: (api: string) => StoreSession
  readonly ref: CaseReference
  /** The answer to a refresh with these members of the tokens. */
  readonly tokens: (members: Readonly<Record<string, unknown>>) => string
  readonly answers: readonly {
    readonly name: string
    readonly body: string
    readonly expectedType: Answer<unknown>['type']
  }[]
}

/** Tests what every connector guarantees when it reads: only the marketplace's own format counts, and no secret is shown. */
export function describeReading({ outbound }: Connector, reading: ReadingFixtures): void {
  const ctx = (signal = new AbortController().signal): CallContext => ({
    now: () => 1_700_000_000_000,
    signal,
    rateLimiter: { admit: async () => undefined, hold: () => undefined },
  })
  const readAgainst = (body: string, status = 200) =>
    withScriptedServer(status, body, (api) => outbound.read(reading.ref, reading.session(api), ctx()))

  it.each(reading.answers.map((answer) => [answer.name, answer] as const))(
    'reads %s as what it is',
    async (_, { body, expectedType }) => {
      expect((await readAgainst(body)).type).toBe(expectedType)
    },
  )

  describe('new tokens', () => {
    const newTokens = { access_token: 'fresh-access', refresh_token: 'fresh-refresh' }
    const refreshWith = (members: Readonly<Record<string, unknown>>) =>
      withScriptedServer(200, reading.tokens(members), (api) => outbound.refresh(reading.session(api), ctx()))
    const { refreshToken: oldRefreshToken } = reading.session('')

    it.each([undefined, null, '', ' '])('without a refresh token (%j) leave the old one', async (refresh_token) => {
      expect(await refreshWith({ ...newTokens, refresh_token })).toMatchObject({
        type: 'ok',
        value: { accessToken: 'fresh-access', refreshToken: oldRefreshToken },
      })
    })

    it.each([undefined, null, '', 0, -1, 'soon', 1e15])(
      'whose expiry is given as %j count until they are refused',
      async (value) => {
        const members = { ...newTokens, expires_in: value, expires_at: value }
        const tokens = { accessToken: 'fresh-access', refreshToken: 'fresh-refresh', expiresAt: undefined }
        expect(await refreshWith(members)).toEqual({ type: 'ok', value: tokens })
      },
    )

    it('expire as given, as an instant or from now on', async () => {
      const at = 1_700_604_800_000
      for (const members of [{ expires_at: at / 1000 }, { expires_at: String(at) }, { expires_in: 604_800 }])
        expect(await refreshWith({ ...newTokens, ...members })).toMatchObject({ type: 'ok', value: { expiresAt: at } })
    })

    it.each([undefined, null, ''])('without an access token (%j) are none', async (access_token) => {
      expect((await refreshWith({ ...newTokens, access_token })).type).toBe('unknown')
    })
  })

  it('treats an answer that is not the marketplace’s as an unknown outcome', async () => {
    const unusableAnswers: [number, string][] = [
      [500, '{}'],
      [502, '<html>'],
      [200, '<html><body>login</body></html>'],
      [200, ''],
      [200, '[1]'],
      [302, ''],
    ]
    for (const [status, body] of unusableAnswers) expect((await readAgainst(body, status)).type).toBe('unknown')
    expect(
      (await withScriptedServer('cut', '', (api) => outbound.read(reading.ref, reading.session(api), ctx()))).type,
    ).toBe('unknown')
    expect((await outbound.read(reading.ref, reading.session('http://127.0.0.1:1'), ctx())).type).toBe('unknown')
  })

  it('refuses to read more than it can hold', async () => {
    expect((await readAgainst(`{"pad":"${'x'.repeat(9 * 1024 * 1024)}"}`)).type).toBe('unknown')
  })

  it('stops when it is aborted', async () => {
    const stopped = new AbortController()
    stopped.abort()
    expect((await outbound.read(reading.ref, reading.session('http://127.0.0.1:1'), ctx(stopped.signal))).type).toBe(
      'unknown',
    )
  })

  it('never shows a secret, even where the marketplace repeats it', async () => {
    const session = reading.session('http://127.0.0.1:1')
    const secrets = [session.appSecret, session.accessToken, session.refreshToken]
    // A successful read keeps the marketplace's text unchanged, so only our own answers are checked.
    for (const { body } of reading.answers.filter(({ expectedType }) => expectedType !== 'ok'))
      for (const echo of quoteSecrets(body, secrets)) {
        const answer = await readAgainst(echo)
        if (answer.type === 'ok') continue
        for (const secret of secrets) expect(JSON.stringify(answer)).not.toContain(secret)
      }
  })
}

/** Copies of the answer, each with another of its texts replaced by the secrets: a marketplace may quote them in any field. */
export function quoteSecrets(body: string, secrets: readonly string[]): readonly string[] {
  const texts = [...body.matchAll(/(?<=:\s*)"(?:[^"\\]|\\.)*"/g)]
  return texts.map(
    ({ index, 0: text }) => body.slice(0, index) + JSON.stringify(secrets.join(' ')) + body.slice(index + text.length),
  )
}

/** Runs against a server that gives one answer to every request, or closes the connection (`cut`). */
export async function withScriptedServer<T>(
  status: number | 'cut',
  body: string,
  run: (api: string) => Promise<T>,
  onRequest: () => void = () => undefined,
): Promise<T> {
  const server = createServer((request, response) => {
    onRequest()
    request.resume()
    request.on('end', () => {
      if (status === 'cut') response.socket?.destroy()
      else response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

import type { Connector } from '../connector'
import type { StoreSession, CallContext } from '../outbound'
import type { ActionOrder, ActionOutcome } from '../actions'
import { withScriptedServer, quoteSecrets } from './describe-reading'

/** Fixtures for one action: an order that is carried out by a call, and the expected meaning of each answer to it. */
export interface PerformFixtures {
  readonly order: ActionOrder
  readonly answers: readonly {
    readonly name: string
    readonly body: string
    readonly expectedType: ActionOutcome['type']
  }[]
}

/**
 * Tests what every connector guarantees for a call that acts: without a clear answer it is in doubt, and no secret is
 * shown.
 */
export function describePerforming(
  { outbound }: Connector,
  session: (api: string) => StoreSession,
  { order, answers }: PerformFixtures,
): void {
  const heldKeys: string[] = []
  const ctx = (): CallContext => ({
    now: () => 1_700_000_000_000,
    signal: new AbortController().signal,
    rateLimiter: {
      admit: async () => undefined,
      hold: (limits) => void heldKeys.push(...limits.map(({ key }) => key)),
    },
  })
  const performAgainst = (body: string, status: number | 'cut' = 200) =>
    withScriptedServer(status, body, (api) => outbound.perform(order, session(api), ctx()))

  it.each(answers.map((answer) => [answer.name, answer.expectedType, answer.body] as const))(
    'an action answered with %s is %s',
    async (_, expectedType, body) => {
      expect((await performAgainst(body)).type).toBe(expectedType)
    },
  )

  it('an action that was not answered in the marketplace’s own words is in doubt', async () => {
    const unusableAnswers: [number | 'cut', string][] = [
      ['cut', ''],
      [500, '{}'],
      [502, '<html>'],
      [200, '<html><body>login</body></html>'],
      [200, ''],
      [200, '[1]'],
      [200, '{}'],
      [200, `{"pad":"${'x'.repeat(9 * 1024 * 1024)}"}`],
      [302, ''],
    ]
    for (const [status, body] of unusableAnswers)
      expect([body.slice(0, 20), (await performAgainst(body, status)).type]).toEqual([body.slice(0, 20), 'unknown'])
  })

  it('an action is sent once, whatever becomes of it', async () => {
    for (const [status, body] of [
      ['cut', ''],
      [500, '{}'],
      [429, '{}'],
      [200, '{}'],
    ] as const) {
      let calls = 0
      await withScriptedServer(
        status,
        body,
        (api) => outbound.perform(order, session(api), ctx()),
        () => calls++,
      )
      expect([status, calls]).toEqual([status, 1])
    }
  })

  it('an action shows no secret, even where the marketplace repeats it', async () => {
    const { appSecret, accessToken, refreshToken } = session('http://127.0.0.1:2')
    const secrets = [appSecret, accessToken, refreshToken]
    for (const { body } of answers)
      for (const echo of quoteSecrets(body, secrets)) {
        const outcomeText = JSON.stringify(await performAgainst(echo))
        for (const secret of secrets) expect(outcomeText).not.toContain(secret)
      }
  })
}

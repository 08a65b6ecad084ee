import type { Connector } from '../connector'
import type { CallContext, AdapterMessage, StoreSession } from '../outbound'
import type { PerformFixtures } from './describe-performing'

const session: StoreSession = {
  appKey: 'adapter',
  appSecret: 'canary-secret-3b1e',
  shop: '86',
  accessToken: 'canary-access-5f2d',
  refreshToken: 'canary-refresh-9a1c',
  endpoints: {},
}

/**
 * Tests what a connector without an address guarantees: it makes no call, and publishes an action as one signed
 * message.
 */
export function describeAdapterMessages({ outbound }: Connector, performing: PerformFixtures | undefined): void {
  const sent: AdapterMessage[] = []
  const ctx: CallContext = {
    now: () => 1_700_000_000_000,
    signal: new AbortController().signal,
    rateLimiter: { admit: async () => undefined, hold: () => undefined },
    adapterPublisher: {
      answerMs: 60_000,
      publish: async (message) => {
        sent.push(message)
        return 'handed-out'
      },
    },
  }
  beforeEach(() => void (sent.length = 0))

  it('calls nothing, since it has no address', async () => {
    const answers = [
      await outbound.pull({ from: 0, to: 1 }, session, ctx),
      await outbound.read({ caseNumber: '1' }, session, ctx),
      await outbound.refresh(session, ctx),
    ]
    expect(answers).toMatchObject(answers.map(() => ({ type: 'refused', code: 'ours:no-call' })))
    expect(outbound.pulling).toBeUndefined()
  })

  it('asks for a case by a message', async () => {
    expect(await outbound.requestCase?.({ caseNumber: '1', case: 'a' }, session, ctx)).toEqual({
      type: 'ok',
      value: undefined,
    })
    expect(sent).toHaveLength(1)
  })

  if (performing === undefined) return
  it('hands an action out as one signed message that shows no secret', async () => {
    const claim = { effect: 'a/1', token: 7, case: 'a' }
    expect((await outbound.perform({ ...performing.order, claim }, session, ctx)).type).toBe('handed-out')
    expect(sent).toHaveLength(1)
    expect(sent[0]?.signature.length).toBeGreaterThanOrEqual(32)
    for (const secret of [session.appSecret, session.accessToken, session.refreshToken])
      expect(JSON.stringify(sent)).not.toContain(secret)
  })
}

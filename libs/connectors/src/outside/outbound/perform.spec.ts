import type {
  ActionOrder,
  ActionOutcome,
  AdapterMessage,
  AdapterPublisher,
  CallContext,
  StoreSession,
} from '../../contract'
import { outbound } from '.'
import { isSignedBy } from '../sign'

const NOW = Date.parse('2026-11-11T04:00:00Z')
const CASE_ID = '0e9b2a34-0000-8000-a000-000000000001'
const session: StoreSession = {
  appKey: 'bridge',
  appSecret: 'a-secret',
  shop: 'shop-1',
  accessToken: 'token-1',
  refreshToken: 'token-2',
  endpoints: {},
}
const order: ActionOrder = {
  action: { name: 'reject', reason: '已使用', explanation: '吊牌已剪', evidence: [] },
  caseNumber: '1',
  orderNumber: '2',
  kind: 'refund-only',
  status: '10',
  revision: NOW - 1,
  claim: { effect: `${CASE_ID}/i-1`, token: 7, case: CASE_ID },
}

const UNSENDABLE: ActionOutcome = {
  type: 'refused',
  code: 'ours:cannot-be-said',
  text: 'the message is invalid, or its adapter is not registered',
}

type PublishResult = Awaited<ReturnType<AdapterPublisher['publish']>>

const published: AdapterMessage[] = []
beforeEach(() => void (published.length = 0))

const contextOf = (
  result: PublishResult | Error = 'handed-out',
  admit = (): Promise<void> => Promise.resolve(),
): CallContext => ({
  now: () => NOW,
  signal: new AbortController().signal,
  rateLimiter: { admit, hold: () => undefined },
  adapterPublisher: {
    answerMs: 60_000,
    publish: (message) => (
      published.push(message),
      result instanceof Error ? Promise.reject(result) : Promise.resolve(result)
    ),
  },
})

describe('an action for an external adapter', () => {
  it('is published once, signed, with its words, its claim and the time it expires', async () => {
    expect(await outbound.perform(order, session, contextOf())).toEqual({ type: 'handed-out', answerMs: 60_000 })
    expect(published).toHaveLength(1)
    const [{ body, signature, ...rest } = { body: '{}', signature: '' }] = published
    expect(rest).toEqual({ adapter: 'bridge', id: `${CASE_ID}/i-1/7`, type: 'act.v1', case: CASE_ID, at: NOW })
    expect(JSON.parse(body)).toEqual({
      adapter: 'bridge',
      shop: 'shop-1',
      case: CASE_ID,
      caseNumber: '1',
      orderNumber: '2',
      kind: 'refund-only',
      raw: '10',
      effect: `${CASE_ID}/i-1`,
      token: 7,
      expires: NOW + 60_000,
      judged: NOW - 1,
      action: order.action,
    })
    expect(isSignedBy({ id: `${CASE_ID}/i-1/7`, type: 'act.v1', body }, signature, 'a-secret')).toBe(true)
  })

  it.each<[string, PublishResult | Error, ActionOutcome]>([
    [
      'is tried later where no broker could be reached',
      'unreached',
      { type: 'try-later', afterMs: 2_000, why: 'the brokers could not be reached' },
    ],
    [
      'has an unknown outcome where no broker answered',
      'unknown',
      { type: 'unknown', why: 'the brokers gave no answer' },
    ],
    [
      'has an unknown outcome where publishing threw',
      new Error('x'),
      { type: 'unknown', why: 'the brokers gave no answer' },
    ],
    ['is refused with the reason where its message cannot be sent', 'unsendable', UNSENDABLE],
  ])('%s', async (_, result, expected) => {
    expect(await outbound.perform(order, session, contextOf(result))).toEqual(expected)
  })

  it('is not published where its claim is over, where there is no claim, or where this process does not publish', async () => {
    const claimOver = contextOf('handed-out', () => Promise.reject(new Error('the claim is over')))
    const { adapterPublisher: _, ...withoutPublisher } = contextOf()
    const { claim: __, ...unclaimedOrder } = order
    for (const [performedOrder, context] of [
      [order, claimOver],
      [order, withoutPublisher],
      [unclaimedOrder, contextOf()],
    ] as const)
      expect((await outbound.perform(performedOrder, session, context)).type).toBe('try-later')
    expect(published).toEqual([])
  })

  it('contains no secret, and neither does a request for a case', async () => {
    await outbound.perform(order, session, contextOf())
    await outbound.requestCase?.({ caseNumber: '1', case: CASE_ID }, session, contextOf())
    for (const secret of ['a-secret', 'token-1', 'token-2']) expect(JSON.stringify(published)).not.toContain(secret)
  })
})

describe('a request for a case of an external adapter', () => {
  const requested = (result?: PublishResult): ReturnType<NonNullable<typeof outbound.requestCase>> | undefined =>
    outbound.requestCase?.({ caseNumber: '1', case: CASE_ID }, session, contextOf(result))

  it('is published as a message', async () => {
    expect(await requested()).toEqual({ type: 'ok', value: undefined })
    expect(published).toMatchObject([
      {
        type: 'show.v1',
        case: CASE_ID,
        body: JSON.stringify({ adapter: 'bridge', shop: 'shop-1', case: CASE_ID, caseNumber: '1' }),
      },
    ])
  })

  it('is tried later where no broker answered, since a repetition does no harm', async () => {
    expect((await requested('unknown'))?.type).toBe('try-later')
  })

  it('is refused with the reason where its message cannot be sent', async () => {
    expect(await requested('unsendable')).toEqual(UNSENDABLE)
  })
})

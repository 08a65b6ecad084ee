import type { ActionOrder, AdapterMessage, AdapterPublisher, StoreSession, CallContext } from '../../contract'
import { outbound } from '.'
import { isSignedBy } from '../sign'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const CASE = '0e9b2a34-0000-8000-a000-000000000001'
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
  revision: NOON - 1,
  claim: { effect: `${CASE}/i-1`, token: 7, case: CASE },
}

type Answer = Awaited<ReturnType<AdapterPublisher['publish']>>

const published: AdapterMessage[] = []
beforeEach(() => void (published.length = 0))

const ctx = (answer: Answer | Error = 'handed-out', admit = (): Promise<void> => Promise.resolve()): CallContext => ({
  now: () => NOON,
  signal: new AbortController().signal,
  rateLimiter: { admit, hold: () => undefined },
  adapterPublisher: {
    answerMs: 60_000,
    publish: (message) => (
      published.push(message),
      answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    ),
  },
})

describe('an action for an adapter outside', () => {
  it('is handed out once, with its words, under its claim, signed, until it expires', async () => {
    expect(await outbound.perform(order, session, ctx())).toEqual({ type: 'handed-out', answerMs: 60_000 })
    expect(published).toHaveLength(1)
    const [{ body, signature, ...rest } = { body: '{}', signature: '' }] = published
    expect(rest).toEqual({ adapter: 'bridge', id: `${CASE}/i-1/7`, type: 'act.v1', case: CASE, at: NOON })
    expect(JSON.parse(body)).toEqual({
      ...{
        adapter: 'bridge',
        shop: 'shop-1',
        case: CASE,
        caseNumber: '1',
        orderNumber: '2',
        kind: 'refund-only',
        raw: '10',
      },
      ...{ effect: `${CASE}/i-1`, token: 7, expires: NOON + 60_000, judged: NOON - 1, action: order.action },
    })
    expect(isSignedBy({ id: `${CASE}/i-1/7`, type: 'act.v1', body }, signature, 'a-secret')).toBe(true)
  })

  it.each<[string, Answer | Error, string]>([
    ['no broker could be reached', 'unreached', 'try-later'],
    ['no broker answered', 'unknown', 'unknown'],
    ['it broke on the way', new Error('x'), 'unknown'],
    ['it is invalid', 'unsendable', 'refused'],
  ])('where %s', async (_, answer, type) => {
    expect((await outbound.perform(order, session, ctx(answer))).type).toBe(type)
  })

  it('is not published where its claim is over, where there is no claim, or where this process does not publish', async () => {
    const over = ctx('handed-out', () => Promise.reject(new Error('the claim is over')))
    const { adapterPublisher: _, ...unpublishing } = ctx()
    const { claim: __, ...unclaimed } = order
    for (const [one, world] of [
      [order, over],
      [order, unpublishing],
      [unclaimed, ctx()],
    ] as const)
      expect((await outbound.perform(one, session, world)).type).toBe('try-later')
    expect(published).toEqual([])
  })

  it('shows no secret', async () => {
    await outbound.perform(order, session, ctx())
    await outbound.requestCase?.({ caseNumber: '1', case: CASE }, session, ctx())
    for (const secret of ['a-secret', 'token-1', 'token-2']) expect(JSON.stringify(published)).not.toContain(secret)
  })
})

it('a case is asked for by a message', async () => {
  expect(await outbound.requestCase?.({ caseNumber: '1', case: CASE }, session, ctx())).toEqual({
    type: 'ok',
    value: undefined,
  })
  expect(published).toMatchObject([
    {
      type: 'show.v1',
      case: CASE,
      body: JSON.stringify({ adapter: 'bridge', shop: 'shop-1', case: CASE, caseNumber: '1' }),
    },
  ])
  expect((await outbound.requestCase?.({ caseNumber: '1', case: CASE }, session, ctx('unknown')))?.type).toBe(
    'try-later',
  )
})

import { Chance } from '../src/random'
import { startSimulator } from '../src/simulator'
import { Tokens } from '../src/http/tokens'
import { at, douyin, pinduoduo } from './clients'

const HOUR = 3_600_000
const TOKEN_LIFE_MS = 7 * 24 * HOUR

describe('tokens of a Douyin store (fault E3)', () => {
  let now: number
  let tokens: Tokens
  beforeEach(() => {
    now = 1_000_000
    tokens = new Tokens(
      new Chance('secret'),
      'douyin',
      { lifeMs: TOKEN_LIFE_MS, renewableForMs: HOUR, now: () => now },
      ['1', '2'],
    )
  })
  const refreshed = (refreshToken: string) => {
    const issued = tokens.refresh(refreshToken)
    if (issued === undefined) throw new Error('refused')
    return issued
  }

  it('more than an hour before the expiry every way of asking gives the same tokens with the same expiry', () => {
    const first = tokens.current('1')
    now += TOKEN_LIFE_MS - HOUR - 1
    expect([refreshed(first.refreshToken), tokens.redeem(tokens.codeOf('1')), tokens.renew('1')]).toEqual([
      first,
      first,
      first,
    ])
    expect(tokens.check(first.accessToken)).toEqual({ shopId: '1' })
  })

  it.each([HOUR, 1, 0])('with %i ms left a request gives new ones, and the old ones stay valid for an hour', (left) => {
    const first = tokens.current('1')
    now += TOKEN_LIFE_MS - left
    const second = refreshed(first.refreshToken)
    expect(second.expiresMs).toBe(now + TOKEN_LIFE_MS)
    expect([second.accessToken === first.accessToken, second.refreshToken === first.refreshToken]).toEqual([
      false,
      false,
    ])
    now += HOUR
    expect([tokens.check(first.accessToken), tokens.check(second.accessToken)]).toEqual([
      { shopId: '1' },
      { shopId: '1' },
    ])
    expect(refreshed(first.refreshToken)).toEqual(second)
    now += 1
    expect([tokens.check(first.accessToken), tokens.refresh(first.refreshToken)]).toEqual(['expired', undefined])
    expect(tokens.check(second.accessToken)).toEqual({ shopId: '1' })
  })

  it('after the expiry a request gives new ones, and the old ones are no longer valid', () => {
    const first = tokens.current('1')
    now += TOKEN_LIFE_MS + 1
    expect(tokens.check(first.accessToken)).toBe('expired')
    const second = refreshed(first.refreshToken)
    expect([tokens.check(first.accessToken), tokens.refresh(first.refreshToken)]).toEqual(['expired', undefined])
    expect(tokens.check(second.accessToken)).toEqual({ shopId: '1' })
    expect(tokens.check(tokens.current('2').accessToken)).toBe('expired')
  })

  it('a restart within that hour knows both generations', () => {
    const first = tokens.current('1')
    now += TOKEN_LIFE_MS - 1
    const second = refreshed(first.refreshToken)
    const later = new Tokens(
      new Chance('secret'),
      'douyin',
      { lifeMs: TOKEN_LIFE_MS, renewableForMs: HOUR, now: () => now },
      ['1'],
    )
    later.restore(tokens.snapshot())
    expect([later.check(first.accessToken), later.current('1')]).toEqual([{ shopId: '1' }, second])
  })
})

describe('tokens of a Pinduoduo store', () => {
  const open = () =>
    new Tokens(new Chance('secret'), 'pinduoduo', { lifeMs: TOKEN_LIFE_MS, now: () => 1_000_000 }, ['1'])

  it('a refresh keeps the refresh token and voids the access token', () => {
    const tokens = open()
    const first = tokens.current('1')
    const second = tokens.refresh(first.refreshToken)
    expect([second?.refreshToken, tokens.check(first.accessToken)]).toEqual([first.refreshToken, 'expired'])
  })

  it('a new authorisation voids every earlier token, the refresh token too, and a restart knows it', () => {
    const tokens = open()
    const first = tokens.current('1')
    const second = tokens.redeem(tokens.issueCode('1'))
    expect([tokens.check(first.accessToken), tokens.refresh(first.refreshToken)]).toEqual(['expired', undefined])
    const restarted = open()
    restarted.restore(tokens.snapshot())
    expect([restarted.refresh(first.refreshToken), restarted.current('1')]).toEqual([undefined, second])
    expect(restarted.refresh(second?.refreshToken ?? '')?.shopId).toBe('1')
  })
})

test('over the wire the store continues with the old token after a refresh in the last hour', async () => {
  const simulator = await startSimulator({ seed: 'tokens' })
  try {
    const [shop] = simulator.douyin.shops
    const refresh = async (refreshToken: unknown) =>
      at(
        await douyin(
          simulator,
          'token.refresh',
          `{"grant_type":"refresh_token","refresh_token":"${String(refreshToken)}"}`,
        ),
        'data',
      ) as Record<string, unknown>
    const listed = async (token: unknown) =>
      at(await douyin(simulator, 'afterSale.List', '{"page":0,"size":1}', { token: String(token) }), 'code')
    const early = await refresh(shop?.refreshToken)
    expect([early['access_token'], early['refresh_token']]).toEqual([shop?.accessToken, shop?.refreshToken])
    await fetch(`${simulator.control.url}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"tokensExpireInSeconds":1800}',
    })
    const late = await refresh(shop?.refreshToken)
    expect(late['access_token']).not.toBe(shop?.accessToken)
    expect([await listed(shop?.accessToken), await listed(late['access_token'])]).toEqual([10000, 10000])
  } finally {
    await simulator.stop()
  }
})

test('the scope of a Pinduoduo token names every API that it is good for', async () => {
  const simulator = await startSimulator({ seed: 'tokens' })
  try {
    const code = simulator.pinduoduo.shops[0]?.authorizationCode ?? ''
    const answer = await pinduoduo(simulator, 'pdd.pop.auth.token.create', { code }, { token: '' })
    expect([...(at(answer, 'pop_auth_token_create_response', 'scope') as string[])].sort()).toEqual([
      'pdd.nextone.logistics.warehouse.update',
      'pdd.pmc.accrue.query',
      'pdd.pmc.user.cancel',
      'pdd.pmc.user.get',
      'pdd.pmc.user.permit',
      'pdd.pop.auth.token.create',
      'pdd.pop.auth.token.refresh',
      'pdd.rdc.pddgenius.sendgoods.cancel',
      'pdd.refund.address.list.get',
      'pdd.refund.agree',
      'pdd.refund.exchange.shipping',
      'pdd.refund.information.get',
      'pdd.refund.list.increment.get',
      'pdd.refund.returngoods.agree',
      'pdd.refund.status.check',
    ])
  } finally {
    await simulator.stop()
  }
})

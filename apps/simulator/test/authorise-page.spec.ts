import type { RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { Tokens, CODE_LIFE_MS } from '../src/http/tokens'
import { Chance } from '../src/random'
import { at, douyin, pinduoduo } from './clients'

const RETURN_URL = 'http://127.0.0.1:8080/stores/authorised'
let simulator: RunningSimulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'authorise', furtherShops: 1, returnUrl: RETURN_URL })
})
afterAll(() => simulator.stop())

const registrationOf = (id: string) => {
  const found = simulator.opened.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found.registration
}
/** The page's address, as an app builds it by the platform's document. */
const pageOf = (id: string, change: Record<string, string> = {}): string => {
  const { appKey, service = '', endpoints } = registrationOf(id)
  const query =
    id === 'douyin'
      ? { service_id: service, state: 'the-state' }
      : { response_type: 'code', client_id: appKey, redirect_uri: RETURN_URL, state: 'the-state' }
  return `${endpoints['authorise'] ?? ''}?${new URLSearchParams({ ...query, ...change } as Record<string, string>).toString()}`
}
const shopsOn = async (id: string): Promise<string[]> =>
  [...(await (await fetch(pageOf(id))).text()).matchAll(/name="shop" value="(\d+)"/g)].map(([, shop = '']) => shop)
const press = (id: string, shop: string, account: string) =>
  fetch(pageOf(id), { method: 'POST', body: new URLSearchParams({ shop, account }), redirect: 'manual' })
const codeFor = async (id: string, shop: string): Promise<string> => {
  const back = new URL((await press(id, shop, 'main')).headers.get('location') ?? '')
  expect([`${back.origin}${back.pathname}`, back.searchParams.get('state')]).toEqual([RETURN_URL, 'the-state'])
  return back.searchParams.get('code') ?? ''
}
const redeem = (id: string, code: string) =>
  id === 'douyin'
    ? douyin(simulator, 'token.create', `{"code":"${code}","grant_type":"authorization_code"}`)
    : pinduoduo(simulator, 'pdd.pop.auth.token.create', { code }, { token: '' })
const tokensIn = (id: string, answer: unknown): unknown =>
  id === 'douyin' ? at(answer, 'data', 'access_token') : at(answer, 'pop_auth_token_create_response', 'access_token')

describe.each(['pinduoduo', 'douyin'])('the authorisation page of %s', (id) => {
  it('lists every shop, also the one that has not authorised the app yet', async () => {
    const shops = await shopsOn(id)
    const registered = registrationOf(id).stores.map(({ shop }) => shop)
    expect(shops).toHaveLength(3)
    expect(shops.slice(0, 2)).toEqual(registered)
  })

  it('sends the browser back with state and a code that gives tokens once', async () => {
    const [, , shop = ''] = await shopsOn(id)
    const code = await codeFor(id, shop)
    expect(tokensIn(id, await redeem(id, code))).toEqual(expect.stringMatching(/^a\d+g/))
    expect(tokensIn(id, await redeem(id, code))).toBeUndefined()
  })

  it('before it was used for a shop, nothing about that shop is pushed', async () => {
    const later = await startSimulator({
      seed: 'authorise',
      furtherShops: 1,
      // Nothing listens there, so what is pushed stays.
      pushUrl: 'http://127.0.0.1:1/{app_key}',
    })
    try {
      const own = later.opened.find((one) => one.id === id)
      const backlog = (): unknown => own?.market.status(own.registration)['backlog']
      const third = later.world.shops.filter(({ marketplace }) => marketplace === id)[2]?.id ?? ''
      later.world.apply({ shopId: third })
      expect(backlog()).toBe(0)
      later.world.apply({ shopId: own?.registration.stores[0]?.shop ?? '' })
      expect(backlog()).toBe(1)
    } finally {
      await later.stop()
    }
  })

  it('lets only the main account authorise', async () => {
    const [shop = ''] = await shopsOn(id)
    const refused = await press(id, shop, 'sub')
    expect([refused.status, refused.headers.get('location')]).toEqual([403, null])
    expect(await refused.text()).toContain('只有店铺主账号可以授权')
  })

  it.each(
    id === 'douyin'
      ? [['another service', { service_id: '1' }]]
      : [
          ['another app', { client_id: 'x' }],
          ['another address to return to', { redirect_uri: 'http://127.0.0.1:8080/elsewhere' }],
          ['another site to return to', { redirect_uri: 'http://evil.example/stores/authorised' }],
          ['another type', { response_type: 'token' }],
        ],
  )('refuses %s without a redirect', async (_name, change) => {
    const refused = await fetch(pageOf(id, change as Record<string, string>), { redirect: 'manual' })
    expect([refused.status, refused.headers.get('location')]).toEqual([400, null])
  })

  it('shows what is in its address as text', async () => {
    const text = await (await fetch(pageOf(id, { state: '"><script>alert(1)</script>' }))).text()
    expect(text).not.toContain('<script')
  })
})

test('a code ends after ten minutes', () => {
  let now = 1_000
  const tokens = new Tokens(new Chance('secret'), 'pinduoduo', { lifeMs: 1e9, now: () => now }, ['1'])
  const [first, second] = [tokens.issueCode('1'), tokens.issueCode('1')]
  now += CODE_LIFE_MS
  expect(tokens.redeem(first)?.shopId).toBe('1')
  now += 1
  expect(tokens.redeem(second)).toBeUndefined()
})

import type { Connector } from '#connectors'
import { MARKETPLACES, restrictToOwnHosts, slidingWindowLimiter } from '#connectors'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { startSimulator } from '../../apps/simulator/src/simulator'

const RETURN_URL = 'http://127.0.0.1:8080/stores/authorised'
const AUTHORISING = MARKETPLACES.filter(({ outbound }) => outbound.authorise !== undefined)
let simulator: RunningSimulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'authorising', furtherShops: 1, returnUrl: RETURN_URL })
})
afterAll(() => simulator.stop())

const ctx = () => ({
  now: () => simulator.clock.now(),
  signal: AbortSignal.timeout(30_000),
  rateLimiter: slidingWindowLimiter(),
})

/** A person opens the page that the connector names and lets the app work for the third shop; the answer is the code. */
async function authoriseOnPage(connector: Connector) {
  const registration = simulator.opened.find(({ id }) => id === connector.marketplace)?.registration
  if (registration === undefined) throw new Error('not simulated')
  const page = connector.onboarding?.authorisation?.pageUrl(
    { service: undefined, ...registration },
    'the state + of a session/==',
    RETURN_URL,
  )
  const shops = [...(await (await fetch(page ?? '')).text()).matchAll(/name="shop" value="(\d+)"/g)]
  const shop = shops.at(-1)?.[1] ?? ''
  const response = await fetch(page ?? '', {
    method: 'POST',
    body: new URLSearchParams({ shop, account: 'main' }),
    redirect: 'manual',
  })
  const returned = new URL(response.headers.get('location') ?? '')
  expect(returned.searchParams.get('state')).toBe('the state + of a session/==')
  return { registration, shop, code: returned.searchParams.get('code') ?? '' }
}

it('the marketplaces where a store is authorised on a page of their own are Pinduoduo and Douyin', () => {
  expect(AUTHORISING.map(({ marketplace }) => marketplace)).toEqual(['pinduoduo', 'douyin'])
})

describe.each(AUTHORISING.map((one) => [one.marketplace, restrictToOwnHosts(one, ['127.0.0.1'])] as const))(
  'authorising a store of %s',
  (_name, connector) => {
    it('gives the shop and tokens with which its list can be read; the code works once and is never quoted', async () => {
      const { registration: app, shop, code } = await authoriseOnPage(connector)
      const granted = await connector.outbound.authorise?.({ type: 'code', code }, app, ctx())
      if (granted?.type !== 'ok') throw new Error(JSON.stringify(granted))
      const { shop: authorised, name, ...tokens } = granted.value
      expect([authorised, name]).toEqual([shop, simulator.world.shop(shop)?.name])
      expect(tokens.expiresAt).toBeGreaterThan(Date.now() + 6 * 86_400_000)
      const session = { ...app, shop, ...tokens }
      const now = simulator.clock.now()
      const pulled = await connector.outbound.pull({ from: now - 60_000, to: now }, session, ctx())
      expect(pulled.type).toBe('ok')
      const again = await connector.outbound.authorise?.({ type: 'code', code }, app, ctx())
      expect(['refused', 'reauthorise']).toContain(again?.type)
      expect(JSON.stringify(again)).not.toContain(code)
    })

    it('is refused with a wrong app secret', async () => {
      const { registration: app, code } = await authoriseOnPage(connector)
      const refused = await connector.outbound.authorise?.({ type: 'code', code }, { ...app, appSecret: 'x' }, ctx())
      expect(refused?.type).toBe('refused')
    })
  },
)

it('a merchant’s own app is authorised by the number of its store at Douyin; Pinduoduo refuses that', async () => {
  const grantAt = async (marketplace: string) => {
    const connector = AUTHORISING.find((one) => one.marketplace === marketplace)
    const app = simulator.opened.find(({ id }) => id === marketplace)?.registration
    const [{ shop = '' } = {}] = app?.stores ?? []
    const answer = app && (await connector?.outbound.authorise?.({ type: 'own-store', shop }, app, ctx()))
    return answer?.type === 'ok' ? answer.value.shop === shop : answer?.type
  }
  expect([await grantAt('douyin'), await grantAt('pinduoduo')]).toEqual([true, 'refused'])
})

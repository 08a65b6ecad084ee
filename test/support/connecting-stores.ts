import type { Stack } from '../../apps/console/test/stack'
import { openStack } from '../../apps/console/test/stack'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { startSimulator } from '../../apps/simulator/src/simulator'

type Body = Readonly<Record<string, unknown>>
type Answer = { readonly status: number; readonly body: Body }
const RETURN_URL = 'http://localhost/stores/authorised'

/** A console and simulated marketplaces with a shop each that is not connected yet. */
export interface ConnectingFixture {
  readonly stack: Stack
  readonly simulator: RunningSimulator
  readonly post: (url: string, body: object, operator?: object | string) => Promise<Answer>
  readonly registrationOf: (id: string) => RunningSimulator['opened'][number]['registration']
  /** What a person types for the app of a marketplace. */
  readonly typedApp: (id: string) => { marketplace: string; appKey: string; appSecret: string; endpoints: object }
  readonly saveApp: (id: string) => Promise<number>
  readonly storesNow: () => Promise<{ store: { id: string } }[]>
  readonly close: () => Promise<void>
}

export async function openConnecting(): Promise<ConnectingFixture> {
  const simulator = await startSimulator({ seed: 'connecting', furtherShops: 1, returnUrl: RETURN_URL })
  const stack = await openStack()
  stack.now = simulator.clock.now()
  const post: ConnectingFixture['post'] = (url, body, operator = 'lin') =>
    stack.operator.post(url, body, { operator: operator as 'lin' })
  const registrationOf: ConnectingFixture['registrationOf'] = (id) => {
    const found = simulator.opened.find((one) => one.id === id)
    if (found === undefined) throw new Error(`no ${id}`)
    return found.registration
  }
  const typedApp: ConnectingFixture['typedApp'] = (id) => {
    const { marketplace, appKey, appSecret, service, endpoints } = registrationOf(id)
    return { marketplace, appKey, appSecret, endpoints, ...(service === undefined ? {} : { service }) }
  }
  return {
    ...{ stack, simulator, post, registrationOf, typedApp },
    async saveApp(id) {
      const { status, body } = await post('/api/apps', typedApp(id))
      expect([status, body]).toEqual([201, { app: expect.any(Number) as number }])
      return body['app'] as number
    },
    storesNow: async () => (await stack.get('/api/stores')).body['items'] as { store: { id: string } }[],
    async close() {
      await stack.close()
      await simulator.stop()
    },
  }
}

/** Status and code of an answer. */
export const refusalOf = async (answer: Promise<Answer>): Promise<unknown[]> => {
  const { status, body } = await answer
  return [status, body['code']]
}

/** A person chooses the n-th shop on the page that was answered; the result is what the browser comes back with. */
export const chooseShop = async (page: string, n: number): Promise<{ state: string; code: string }> => {
  const shops = [...(await (await fetch(page)).text()).matchAll(/name="shop" value="(\d+)"/g)]
  const form = new URLSearchParams({ shop: shops[n]?.[1] ?? '', account: 'main' })
  const pressed = await fetch(page, { method: 'POST', body: form, redirect: 'manual' })
  const back = new URL(pressed.headers.get('location') ?? '')
  expect(`${back.origin}${back.pathname}`).toBe(RETURN_URL)
  return { state: back.searchParams.get('state') ?? '', code: back.searchParams.get('code') ?? '' }
}

import { connectorOf } from '#connectors'
import type { ConnectingFixture } from '../../../test/support/connecting-stores'
import { chooseShop } from '../../../test/support/connecting-stores'
import type { Write } from './every-write'
import type { Response } from './operator-requests'
import { NOON } from './stack'

type PerformStoreWrite = () => Promise<Write>

/** How each operation that connects or stops a store is carried out once, at a simulated marketplace. */
export function everyStoreWrite(fixtureOf: () => ConnectingFixture): Readonly<Record<string, PerformStoreWrite>> {
  const marketplace = (): string => fixtureOf().simulator.opened[0]?.id ?? ''
  const post = (url: string, body: object): Promise<Response> => fixtureOf().post(url, body) as Promise<Response>
  /** The simulated marketplace has a clock of its own; the other writes of the spec happen at noon. */
  const atMarketplaceTime = (perform: PerformStoreWrite) => async (): Promise<Write> => {
    const { stack, simulator } = fixtureOf()
    stack.now = simulator.clock.now()
    try {
      return await perform()
    } finally {
      stack.now = NOON
    }
  }
  const connect = async (): Promise<{ readonly id: string; readonly answer: Response }> => {
    const { saveApp, registrationOf } = fixtureOf()
    const [, known] = registrationOf(marketplace()).stores
    const typed = connectorOf(marketplace())?.onboarding?.storeFields.map(({ name }) => [name, known?.[name]])
    const keys = Object.fromEntries(typed ?? []) as Record<string, string>
    const answer = await post('/api/stores', { app: await saveApp(marketplace()), name: '新店', ...keys })
    return { id: String((answer.body['store'] as { id?: string } | undefined)?.id), answer }
  }
  const ofConnectedStore =
    (action: string, before: readonly string[] = []): PerformStoreWrite =>
    async () => {
      const { id } = await connect()
      for (const earlier of before) await post(`/api/stores/${id}/${earlier}`, {})
      return { subject: `store:${id}`, answer: await post(`/api/stores/${id}/${action}`, {}) }
    }
  const writes: Readonly<Record<string, PerformStoreWrite>> = {
    'POST /api/apps': async () => {
      const answer = await post('/api/apps', fixtureOf().typedApp(marketplace()))
      return { subject: `app:${String(answer.body['app'])}`, answer }
    },
    'POST /api/stores': async () => {
      const { id, answer } = await connect()
      return { subject: `store:${id}`, answer }
    },
    'POST /api/stores/authorisations': async () => {
      const app = await fixtureOf().saveApp(marketplace())
      return { subject: `app:${app}`, answer: await post('/api/stores/authorisations', { app }) }
    },
    'POST /api/stores/authorisations/complete': async () => {
      const app = await fixtureOf().saveApp(marketplace())
      const { body } = await post('/api/stores/authorisations', { app })
      const answer = await post('/api/stores/authorisations/complete', await chooseShop(String(body['url']), 2))
      return { subject: `store:${String((answer.body['store'] as { id?: string } | undefined)?.id)}`, answer }
    },
    'POST /api/stores/{id}/pause': ofConnectedStore('pause'),
    'POST /api/stores/{id}/resume': ofConnectedStore('resume', ['resume', 'pause']),
    'POST /api/stores/{id}/remove': ofConnectedStore('remove'),
  }
  return Object.fromEntries(
    Object.entries(writes).map(([operation, perform]) => [operation, atMarketplaceTime(perform)]),
  )
}

import { authorisePage } from '../http/authorise-page'
import type { MarketplaceParts, OpenMarketplace, Registration, SimulatedMarketplace, StoreAccess } from '../marketplace'
import { DAY } from '../world/platform-rules'
import { AUTHORISE_PATH, pageRequestOf } from './authorise'
import { PinduoduoPushes } from './pushes'
import { PinduoduoServer } from './server'
import { stage } from './stage'
import { trade } from './trade'

export interface PinduoduoOptions {
  /** Real ms until an unacknowledged message goes out again. */
  readonly redeliverMs?: number
  /** The callback address of the app: the authorisation page sends the browser nowhere else. */
  readonly returnUrl?: string
}

export interface PinduoduoAccess {
  /** `http://host:port/api/router` */
  readonly apiUrl: string
  /** `ws://host:port`; a client adds `/message/{client_id}/{ms}/{digest}`. */
  readonly messageUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly shops: readonly (Omit<StoreAccess, 'shop'> & { readonly mallId: string })[]
  readonly messages: PinduoduoPushes
}

const names = ['晨曦服饰旗舰店', '果满园生鲜专营店', '优品家居专营店', '小象童装店']

export const pinduoduo = {
  id: 'pinduoduo',
  title: 'Pinduoduo',
  trade,
  tokens: { lifeMs: 365 * DAY },
  app: (chance, secrets) => ({
    key: chance.hex(32, 'pinduoduo', 'client id'),
    secret: secrets.hex(40, 'pinduoduo', 'client secret'),
  }),
  shop: (draw, index) => ({
    id: `${draw.between(1, 8)}${draw.digits(8)}`,
    name: names[index] ?? `拼多多演示店${index + 1}`,
    assistant: 'off',
    returnAddressId: `${draw.between(1, 9)}${draw.digits(9)}`,
  }),
  open,
  stage,
} as const satisfies SimulatedMarketplace<PinduoduoAccess, PinduoduoOptions>

function open(
  parts: MarketplaceParts,
  { redeliverMs = 3000, returnUrl: firstReturnUrl }: PinduoduoOptions,
): OpenMarketplace<PinduoduoAccess> {
  const { app, world, faults, chance } = parts
  const messages = new PinduoduoPushes(app, world, faults, chance, { redeliverMs, deadAfterMs: 180_000 })
  const server = new PinduoduoServer({ ...parts, messages })
  let returnUrl = firstReturnUrl
  const access = ({ appKey, appSecret, endpoints, stores }: Registration): PinduoduoAccess => ({
    apiUrl: endpoints['api'] ?? '',
    messageUrl: endpoints['messages'] ?? '',
    clientId: appKey,
    clientSecret: appSecret,
    shops: stores.map(({ shop, ...store }) => ({ mallId: shop, ...store })),
    messages,
  })
  return {
    answer: (call) =>
      call.path === AUTHORISE_PATH
        ? authorisePage({ title: '拼多多', ...parts }, call, pageRequestOf(call, app.key, returnUrl))
        : server.answer(call),
    attach: (to) => messages.attach(to),
    publish: (announcement) => messages.publish(announcement),
    runLate: (call) => server.runLate(call),
    endpointsAt: (url, pageUrl) => ({
      api: `${url}/api/router`,
      messages: url.replace('http:', 'ws:'),
      authorise: `${pageUrl}${AUTHORISE_PATH}`,
    }),
    setReturnUrl: (url) => void (returnUrl = url),
    access,
    status(registration) {
      const { apiUrl, messageUrl, clientId, shops } = access(registration)
      return {
        apiUrl,
        messageUrl,
        clientId,
        shops: shops.map(({ mallId, name }) => ({ mallId, name })),
        connected: messages.connected,
        backlog: messages.backlog,
        messages: messages.counted,
      }
    },
    introduction(registration) {
      const { apiUrl, messageUrl, clientId, clientSecret, shops } = access(registration)
      return [
        ['Pinduoduo router', apiUrl],
        ['Pinduoduo messages', `${messageUrl}/message/{client_id}/{ms}/{digest}`],
        ['  client_id', clientId],
        ['  client_secret', clientSecret],
        ...shops.flatMap(({ mallId, name, accessToken, refreshToken }) => [
          [`  mall ${mallId}`, name] as const,
          ['    access_token', accessToken] as const,
          ['    refresh_token', refreshToken] as const,
        ]),
      ]
    },
    snapshot: () => ({ messages: messages.snapshot() }),
    restore: (snapshot) => messages.restore(snapshot['messages'] as Parameters<typeof messages.restore>[0]),
    stop: () => messages.stop(),
  }
}

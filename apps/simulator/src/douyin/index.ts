import { authorisePage } from '../http/authorise-page'
import type { MarketplaceParts, OpenMarketplace, Registration, SimulatedMarketplace, StoreAccess } from '../marketplace'
import { DAY, HOUR } from '../world/platform-rules'
import { AUTHORISE_PATH, pageRequestOf } from './authorise'
import { unfetchedEvidence } from './evidence-fetching'
import type { PushOptions } from './pushes'
import { defaultPushOptions, DouyinPushes } from './pushes'
import { DouyinServer } from './server'
import { stage } from './stage'
import { trade } from './trade'

/** Options of this marketplace alone. */
export interface DouyinOptions {
  /** The push URL, as if accepted in an earlier session (no probe); `{app_key}` in it is the app's. */
  readonly pushUrl?: string
  readonly push?: Partial<PushOptions>
  /** Where the authorisation page sends the browser. */
  readonly returnUrl?: string
  /** Whether evidence is fetched from its address, and refused where that fails; otherwise any address will do. */
  readonly fetchesEvidence?: boolean
}

/** What a client needs to call the marketplace. */
export interface DouyinAccess {
  /** `http://host:port`; a client adds `/afterSale/List` and so on. */
  readonly apiUrl: string
  readonly appKey: string
  readonly appSecret: string
  readonly shops: readonly (Omit<StoreAccess, 'shop'> & { readonly shopId: string })[]
  readonly pushes: DouyinPushes
  /** Probes the URL as the platform does; throws when the probe is not acknowledged. */
  setPushUrl(url: string): Promise<void>
}

const names = ['云上数码官方店', '山野户外旗舰店', '知味食品专营店', '素白家纺店']

export const douyin = {
  id: 'douyin',
  title: 'Douyin store',
  trade,
  tokens: { lifeMs: 7 * DAY, renewableForMs: HOUR },
  app: (chance, secrets) => ({
    key: `7${chance.draw('app', 'douyin').digits(18)}`,
    service: chance.draw('service', 'douyin').digits(5),
    secret: secrets.hex(36, 'douyin', 'app secret').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  }),
  shop: (draw, index) => ({
    id: `${draw.between(1, 8)}${draw.digits(7)}`,
    name: names[index] ?? `抖店演示店${index + 1}`,
    assistant: (['on', 'off', 'no-match'] as const)[index % 3] ?? 'off',
    returnAddressId: `${draw.between(1, 9)}${draw.digits(8)}`,
  }),
  open,
  stage,
} as const satisfies SimulatedMarketplace<DouyinAccess, DouyinOptions>

function open(parts: MarketplaceParts, options: DouyinOptions): OpenMarketplace<DouyinAccess> {
  const { app, faults, calls } = parts
  let { returnUrl } = options
  const pushUrl = options.pushUrl?.replace('{app_key}', app.key)
  const pushes = new DouyinPushes(app, faults, { ...defaultPushOptions, ...options.push }, pushUrl)
  const server = new DouyinServer(parts)
  const access = ({ endpoints, stores }: Registration): DouyinAccess => ({
    apiUrl: endpoints['api'] ?? '',
    appKey: app.key,
    appSecret: app.secret,
    shops: stores.map(({ shop, ...store }) => ({ shopId: shop, ...store })),
    pushes,
    setPushUrl: (url) => pushes.setUrl(url),
  })
  return {
    async answer(call) {
      if (call.path === AUTHORISE_PATH)
        return authorisePage({ title: '抖店', ...parts }, call, pageRequestOf(call, app.service, returnUrl))
      return server.answer(call, options.fetchesEvidence === true ? await unfetchedEvidence(call, calls) : undefined)
    },
    publish: (announcement) => pushes.publish(announcement),
    runLate: (call) => server.runLate(call),
    endpointsAt: (url, pageUrl) => ({ api: url, authorise: `${pageUrl}${AUTHORISE_PATH}` }),
    access,
    status(registration) {
      const { apiUrl, appKey, shops } = access(registration)
      return {
        apiUrl,
        appKey,
        shops: shops.map(({ shopId, name }) => ({ shopId, name })),
        pushUrl: pushes.url ?? null,
        backlog: pushes.backlog,
        pushes: pushes.counted,
      }
    },
    introduction(registration) {
      const { apiUrl, appKey, appSecret, shops } = access(registration)
      return [
        ['Douyin store API', apiUrl],
        ['  app_key', appKey],
        ['  app_secret', appSecret],
        ['  service_id', app.service ?? ''],
        ['  push URL', pushes.url ?? 'none yet: set PUSH_URL, or POST /control/push-url'],
        ...shops.flatMap(({ shopId, name, accessToken, refreshToken }) => [
          [`  shop ${shopId}`, name] as const,
          ['    access_token', accessToken] as const,
          ['    refresh_token', refreshToken] as const,
        ]),
      ]
    },
    setPushUrl: (url) => pushes.setUrl(url),
    setReturnUrl: (url) => void (returnUrl = url),
    controls: {
      'push-url': async ({ url }) => {
        await pushes.setUrl(String(url as string))
        return { pushUrl: pushes.url ?? null }
      },
    },
    snapshot: () => ({ pushes: pushes.snapshot(), pushUrl: pushes.url ?? null }),
    restore(snapshot) {
      if (pushUrl === undefined && typeof snapshot['pushUrl'] === 'string') pushes.useUrl(snapshot['pushUrl'])
      pushes.restore(snapshot['pushes'] as Parameters<typeof pushes.restore>[0])
    },
    stop: () => pushes.stop(),
  }
}

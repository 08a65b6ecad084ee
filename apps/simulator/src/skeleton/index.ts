import type { MarketplaceParts, OpenMarketplace, Registration, SimulatedMarketplace } from '../marketplace'
import { DAY } from '../world/platform-rules'
import { SkeletonPushes } from './pushes'
import { SkeletonServer } from './server'
import { stage } from './stage'
import { trade } from './trade'

/** A simulated marketplace to copy, the other side of `libs/connectors/src/skeleton`. It is not in the line-up. */
export const skeleton = {
  id: 'skeleton',
  title: 'Skeleton marketplace',
  trade,
  tokens: { lifeMs: 7 * DAY },
  app: (chance, secrets) => ({
    key: chance.hex(16, 'skeleton', 'app key'),
    secret: secrets.hex(40, 'skeleton', 'app secret'),
  }),
  shop: (draw, index) => ({
    id: `${draw.between(1, 8)}${draw.digits(7)}`,
    name: `样板店${index + 1}`,
    assistant: 'off',
    returnAddressId: `${draw.between(1, 9)}${draw.digits(8)}`,
  }),
  open,
  stage,
} as const satisfies SimulatedMarketplace<Registration>

function open(parts: MarketplaceParts): OpenMarketplace<Registration> {
  const server = new SkeletonServer(parts)
  const pushes = new SkeletonPushes(parts.app, parts.faults)
  return {
    answer: (call) => server.answer(call),
    publish: (announcement) => pushes.publish(announcement),
    runLate: (call) => server.runLate(call),
    endpointsAt: (url) => ({ api: url }),
    access: (registration) => registration,
    status: ({ appKey, endpoints }) => ({ apiUrl: endpoints['api'], appKey, pushes: pushes.counted }),
    introduction: ({ appKey, appSecret, endpoints }) => [
      ['Skeleton API', endpoints['api'] ?? ''],
      ['  app key', appKey],
      ['  app secret', appSecret],
    ],
    setPushUrl: async (url) => {
      pushes.url = url
    },
    snapshot: () => ({ skeletonPushUrl: pushes.url ?? null }),
    restore: ({ skeletonPushUrl }) => {
      if (typeof skeletonPushUrl === 'string') pushes.url = skeletonPushUrl
    },
    stop: () => pushes.stop(),
  }
}

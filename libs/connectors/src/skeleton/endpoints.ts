import type { MarketplaceEndpoints } from '../contract'

export const endpoints: MarketplaceEndpoints = {
  api: { defaultUrl: 'https://api.skeleton.example', hosts: ['api.skeleton.example'] },
}

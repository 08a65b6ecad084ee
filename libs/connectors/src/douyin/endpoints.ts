import type { MarketplaceEndpoints } from '../contract'

/** The API gateway, with the sandbox that older sources name. */
export const endpoints: MarketplaceEndpoints = {
  api: {
    defaultUrl: 'https://openapi-fxg.jinritemai.com',
    hosts: ['openapi-fxg.jinritemai.com', 'openapi-sandbox.jinritemai.com'],
  },
}

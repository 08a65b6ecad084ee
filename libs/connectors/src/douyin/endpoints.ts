import type { MarketplaceEndpoints } from '../contract'

/** The API gateway, with the sandbox that older sources name, and the page where merchants authorise apps. */
export const endpoints: MarketplaceEndpoints = {
  api: {
    defaultUrl: 'https://openapi-fxg.jinritemai.com',
    hosts: ['openapi-fxg.jinritemai.com', 'openapi-sandbox.jinritemai.com'],
  },
  authorise: { defaultUrl: 'https://fuwu.jinritemai.com/authorize', hosts: ['fuwu.jinritemai.com'] },
}

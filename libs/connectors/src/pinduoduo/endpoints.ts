import type { MarketplaceEndpoints } from '../contract'

/** The API router and the message connection, each with its backup host. */
export const endpoints: MarketplaceEndpoints = {
  api: {
    defaultUrl: 'https://gw-api.pinduoduo.com/api/router',
    hosts: ['gw-api.pinduoduo.com', 'opengw-api.yangkeduo.com'],
  },
  messages: {
    defaultUrl: 'wss://message-api.pinduoduo.com',
    hosts: ['message-api.pinduoduo.com', 'message-api.yangkeduo.com'],
  },
  /** Where merchants authorise apps. */
  authorise: {
    defaultUrl: 'https://fuwu.pinduoduo.com/service-market/auth',
    hosts: ['fuwu.pinduoduo.com'],
  },
}

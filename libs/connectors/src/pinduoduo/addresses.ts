import type { OwnAddresses } from '../contract'

/** The API router and the message connection, each with its backup host. */
export const addresses: OwnAddresses = {
  api: {
    defaultUrl: 'https://gw-api.pinduoduo.com/api/router',
    hosts: ['gw-api.pinduoduo.com', 'opengw-api.yangkeduo.com'],
  },
  messages: {
    defaultUrl: 'wss://message-api.pinduoduo.com',
    hosts: ['message-api.pinduoduo.com', 'message-api.yangkeduo.com'],
  },
}

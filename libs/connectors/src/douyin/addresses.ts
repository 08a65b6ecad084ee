import type { OwnAddresses } from '../contract'

/** The API gateway, with the sandbox that older sources name. */
export const addresses: OwnAddresses = {
  api: {
    defaultUrl: 'https://openapi-fxg.jinritemai.com',
    hosts: ['openapi-fxg.jinritemai.com', 'openapi-sandbox.jinritemai.com'],
  },
}

import type { OwnAddresses } from '../contract'

export const addresses: OwnAddresses = {
  api: { defaultUrl: 'https://api.skeleton.example', hosts: ['api.skeleton.example'] },
}

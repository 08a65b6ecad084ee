import type { OwnAddresses } from '../contract'

export const addresses: OwnAddresses = {
  api: { usual: 'https://api.skeleton.example', hosts: ['api.skeleton.example'] },
}

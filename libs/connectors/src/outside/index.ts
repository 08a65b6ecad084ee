import type { Connector } from '../contract'
import { inbound } from './inbound'
import { manifest } from './manifest'
import { onboarding } from './onboarding'
import { outbound } from './outbound'

/** The connector for external adapters: they serve marketplaces without a folder here, and exchange messages with us. */
export const outside: Connector = {
  marketplace: 'outside',
  name: { zh: '外接平台', en: 'Outside marketplace' },
  // Empty, because it is not known here which marketplace an adapter serves.
  knownAs: [],
  wireWords: [],
  manifest,
  onboarding,
  inbound,
  outbound,
  assist: () => undefined,
}

export { adapterIn } from './wire'

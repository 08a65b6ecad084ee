import type { Connector } from '../contract'
import { inbound } from './inbound'
import { manifest } from './manifest'
import { outbound } from './outbound'

/** Marketplaces that this repository does not know: external adapters call them, and exchange messages with us. */
export const outside: Connector = {
  marketplace: 'outside',
  name: { zh: '外接平台', en: 'Outside marketplace' },
  // Each adapter serves another one; which, is not known here.
  knownAs: [],
  wireWords: [],
  manifest,
  inbound,
  outbound,
  assist: () => undefined,
}

export { adapterIn } from './wire'

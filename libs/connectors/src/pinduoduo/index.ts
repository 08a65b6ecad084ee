import type { Connector } from '../contract'
import { assist } from './assist'
import { inbound } from './inbound'
import { manifest } from './manifest'
import { outbound } from './outbound'

/** Pinduoduo 拼多多: a standing connection for hints, a list in half-hour windows, a detail for the truth. */
export const pinduoduo: Connector = {
  marketplace: 'pinduoduo',
  name: { zh: '拼多多', en: 'Pinduoduo' },
  manifest,
  inbound,
  outbound,
  assist,
}

import { DEFAULT_GROUP, DEFAULT_NEGOTIATION } from '#after-sale'
import type { Connector } from '../contract'
import { endpoints } from './endpoints'
import { assist } from './assist'
import { inbound } from './inbound'
import { manifest } from './manifest'
import { onboarding } from './onboarding'
import { outbound } from './outbound'

/** Pinduoduo 拼多多: a persistent connection for hints, a list in half-hour windows, a detail for the whole case. */
export const pinduoduo: Connector = {
  marketplace: 'pinduoduo',
  name: { zh: '拼多多', en: 'Pinduoduo' },
  knownAs: ['拼多多', '拼夕夕', '多多买菜', 'pinduoduo', 'pdd', 'yangkeduo'],
  wireWords: ['pdd', 'after_sales_id', 'after_sales_status', 'after_sales_type'],
  manifest,
  endpoints,
  onboarding,
  // R048–R055: it requires negotiation before a rejection. R109: an order of a group that has not formed is not refunded.
  defaultTerms: { negotiation: DEFAULT_NEGOTIATION, group: DEFAULT_GROUP },
  inbound,
  outbound,
  assist,
}

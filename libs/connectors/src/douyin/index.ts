import type { Connector } from '../contract'
import { endpoints } from './endpoints'
import { assist } from './assist'
import { inbound } from './inbound'
import { manifest } from './manifest'
import { onboarding } from './onboarding'
import { outbound } from './outbound'

/** Douyin store (抖店, "Doudian"): pushes over HTTP, reads by `afterSale.List` and `afterSale.Detail`. */
export const douyin: Connector = {
  marketplace: 'douyin',
  name: { zh: '抖店', en: 'Douyin store' },
  knownAs: ['抖音', '抖店', 'douyin', 'doudian', 'jinritemai', 'tiktok'],
  wireWords: [
    'aftersale_id',
    'aftersale_status',
    'aftersale_type',
    'after_sale_id',
    'after_sale_status',
    'after_sale_type',
    'refund_status',
  ],
  manifest,
  endpoints,
  onboarding,
  inbound,
  outbound,
  assist,
}

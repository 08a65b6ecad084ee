import type { Connector } from '../contract'
import { endpoints } from './endpoints'
import { inbound } from './inbound'
import { manifest } from './manifest'
import { onboarding } from './onboarding'
import { outbound } from './outbound'

/** A marketplace that does not exist: copy this folder, rename it, and replace its content. It is not in the line-up. */
export const skeleton: Connector = {
  marketplace: 'skeleton',
  name: { zh: '样板平台', en: 'Skeleton marketplace' },
  knownAs: ['样板平台', 'skeleton'],
  wireWords: ['skeleton_case_id'],
  manifest,
  endpoints,
  onboarding,
  inbound,
  outbound,
  assist: () => undefined,
}

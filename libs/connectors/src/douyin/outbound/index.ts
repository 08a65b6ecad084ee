import type { Outbound } from '../../contract'
import { authorise } from './authorise'
import { perform } from './perform'
import { pull } from './pull'
import { read } from './read'
import { refresh } from './refresh'
import { rejectReasons } from './reject-reasons'
import { returnAddresses } from './return-addresses'

export const outbound: Outbound = {
  /**
   * The list takes any span of its six months; a day keeps one answer to the caller small. The overlap covers clocks
   * and the whole seconds of the update time.
   */
  pulling: { windowMs: 24 * 3_600_000, overlapMs: 60_000, settleMs: 5_000 },
  pull,
  read,
  refresh,
  authorise,
  perform,
  rejectReasons,
  returnAddresses,
}

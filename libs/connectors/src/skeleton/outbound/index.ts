import type { Outbound } from '../../contract'
import { perform } from './perform'
import { pull } from './pull'
import { read } from './read'
import { refresh } from './refresh'

export const outbound: Outbound = {
  pulling: { windowMs: 3_600_000, overlapMs: 60_000, settleMs: 5_000 },
  pull,
  read,
  refresh,
  perform,
}

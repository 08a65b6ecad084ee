import type { Outbound } from '../../contract'
import { authorise } from './authorise'
import { refresh } from './refresh'
import { subscribe } from './subscribe'
import { listen } from './listen'
import { perform } from './perform'
import { MAX_WINDOW_S, pull } from './pull'
import { read } from './read'
import { returnAddresses } from './return-addresses'

export const outbound: Outbound = {
  pulling: { windowMs: (MAX_WINDOW_S - 1) * 1000, overlapMs: 180_000, settleMs: 5_000 },
  pull,
  read,
  refresh,
  authorise,
  perform,
  returnAddresses,
  subscribe,
  listen: (app, sink, notices, ctx) => listen(app, sink, notices, ctx),
}

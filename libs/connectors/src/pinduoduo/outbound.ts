import type { Outbound, Refused } from '../contract'

const notYet: Refused = { type: 'refused', code: 'not-supported', text: 'not supported' }

export const outbound: Outbound = {
  pulling: { windowMs: 1_799_000, overlapMs: 180_000, settleMs: 5_000 },
  pull: () => Promise.resolve(notYet),
  read: () => Promise.resolve(notYet),
  refresh: () => Promise.resolve(notYet),
}

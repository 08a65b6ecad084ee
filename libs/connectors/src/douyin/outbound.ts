import type { Answer, Outbound } from '../contract'

const notYet: Answer<never> = { type: 'unknown', why: 'reading from Douyin is being written' }

export const outbound: Outbound = {
  pulling: { windowMs: 24 * 3_600_000, overlapMs: 60_000, settleMs: 5_000 },
  pull: async () => notYet,
  read: async () => notYet,
  refresh: async () => notYet,
}

import { chanceOf } from '../chance'

/** What growth costs, reckoned from what was measured: pure arithmetic, no machine is asked. */

/** What one node was measured to do: two cores, on which PostgreSQL and our process run together. */
export interface Measured {
  /** Messages a second that a gateway makes durable, one and fifty in a delivery. */
  readonly accepted: readonly [single: number, fifty: number]
  /** Messages a second from the inbox to committed cases. */
  readonly understood: number
  /** Bytes on disk, rows and indexes, for each message: kept as it came, kept to be told to others, kept as cases. */
  readonly rawBytes: number
  readonly toldBytes: number
  readonly caseBytes: number
}

export interface Growth {
  readonly messagesADay: number
  /** The busiest second against the mean one. */
  readonly peak: number
  /** How much of what was measured a node is planned with. */
  readonly load: number
  /** Days until each of the three leaves the database. */
  readonly rawDays: number
  readonly toldDays: number
  readonly caseDays: number
}

export interface Cost {
  readonly meanASecond: number
  readonly peakASecond: number
  /** Nodes of two cores that accept, and databases of two cores with their workers. */
  readonly gateways: number
  readonly databases: number
  readonly bytesADay: number
  readonly bytesKept: number
  readonly bytesADatabase: number
  /** Rows of the largest table in one database, kept. */
  readonly messagesADatabase: number
}

const DAY_SECONDS = 86_400

export function costOf(
  { accepted: [single], understood, rawBytes, toldBytes, caseBytes }: Measured,
  growth: Growth,
): Cost {
  const meanASecond = growth.messagesADay / DAY_SECONDS
  const peakASecond = meanASecond * growth.peak
  // Marketplaces mostly push one message at a time, so the slower figure counts.
  const gateways = Math.ceil(peakASecond / (single * growth.load))
  const databases = Math.ceil(peakASecond / (understood * growth.load))
  const bytesKept =
    growth.messagesADay * (rawBytes * growth.rawDays + toldBytes * growth.toldDays + caseBytes * growth.caseDays)
  return {
    meanASecond,
    peakASecond,
    gateways,
    databases,
    bytesADay: growth.messagesADay * (rawBytes + toldBytes + caseBytes),
    bytesKept,
    bytesADatabase: bytesKept / databases,
    messagesADatabase: (growth.messagesADay * growth.rawDays) / databases,
  }
}

/** How organisations are laid on databases: by a hash of their number, or each new one where least is. */
export type Placing = 'by hash' | 'where least is'

export interface Spread {
  /** The fullest database against the mean one. */
  readonly fullest: number
  /** Share of all messages that the largest organisation has. */
  readonly largest: number
}

/** Lays organisations of very different sizes on databases. The same seed, the same merchants, in the order in which they sign up. */
export function spreadOf(organisations: number, databases: number, placing: Placing, seed = 1): Spread {
  const chance = chanceOf(seed)
  // A few are a thousand times larger than most: Pareto with 1.16, of which a fifth have four fifths; none above 50,000 times the least.
  const sizes = Array.from({ length: organisations }, () => Math.min(50_000, (1 - chance.next()) ** (-1 / 1.16)))
  const loads = new Array<number>(databases).fill(0)
  for (const size of sizes) {
    const at = placing === 'by hash' ? chance.whole(databases) : loads.indexOf(Math.min(...loads))
    loads[at] = (loads[at] ?? 0) + size
  }
  const all = sizes.reduce((sum, size) => sum + size, 0)
  return { fullest: (Math.max(...loads) * databases) / all, largest: Math.max(...sizes) / all }
}

/** Share of the mean hour's messages in each hour of a day of trade, Beijing time; two evenings' peaks make a day of sales. */
const HOURS = [
  0.6, 0.35, 0.2, 0.15, 0.15, 0.2, 0.4, 0.7, 1, 1.3, 1.5, 1.5, 1.3, 1.3, 1.4, 1.4, 1.4, 1.3, 1.2, 1.4, 1.7, 1.8, 1.5,
  1.05,
]

/**
 * A day on one database that takes `perSecond` messages while `mean` come in the mean second, hour by hour; `surge` is what
 * the busiest hours bring beyond an ordinary day. Answers the longest that a message waited, in minutes.
 */
export function longestWait(mean: number, perSecond: number, surge: number): number {
  let waiting = 0
  let longest = 0
  for (const share of HOURS) {
    const coming = mean * share * (share > 1.4 ? surge : 1)
    waiting = Math.max(0, waiting + (coming - perSecond) * 3_600)
    longest = Math.max(longest, waiting / perSecond / 60)
  }
  return longest
}

/** What growth costs, computed from measured figures. Pure arithmetic; nothing is measured here. */
import { seededRandom } from '../seeded-random'

/** Measured capacity of one node: two cores that PostgreSQL and our process share. */
export interface NodeCapacity {
  /** Messages per second that a gateway stores durably, with one and with fifty per delivery. */
  readonly accepted: readonly [single: number, fifty: number]
  /** Messages per second from the inbox to committed cases. */
  readonly understood: number
  /** Bytes on disk, rows and indexes, for each message: as raw message, as outgoing rows, as case data. */
  readonly rawBytes: number
  readonly outgoingBytes: number
  readonly caseBytes: number
}

export interface Growth {
  readonly messagesPerDay: number
  /** Peak rate as a multiple of the mean rate. */
  readonly peak: number
  /** Planned utilisation of a node, 0–1. */
  readonly load: number
  /** Retention of raw messages, outgoing rows and case data, in days. */
  readonly rawDays: number
  readonly outgoingDays: number
  readonly caseDays: number
}

export interface Cost {
  readonly meanPerSecond: number
  readonly peakPerSecond: number
  /** Gateway nodes, and databases with their workers; two cores each. */
  readonly gateways: number
  readonly databases: number
  readonly bytesPerDay: number
  readonly bytesKept: number
  readonly bytesPerDatabase: number
  /** Rows of the largest table (raw messages) in one database. */
  readonly messagesPerDatabase: number
}

const DAY_SECONDS = 86_400

export function computeCost(
  { accepted: [single], understood, rawBytes, outgoingBytes, caseBytes }: NodeCapacity,
  growth: Growth,
): Cost {
  const meanASecond = growth.messagesPerDay / DAY_SECONDS
  const peakASecond = meanASecond * growth.peak
  // Marketplaces mostly push one message at a time, so the slower figure counts.
  const gateways = Math.ceil(peakASecond / (single * growth.load))
  const databases = Math.ceil(peakASecond / (understood * growth.load))
  const bytesKept =
    growth.messagesPerDay *
    (rawBytes * growth.rawDays + outgoingBytes * growth.outgoingDays + caseBytes * growth.caseDays)
  return {
    meanPerSecond: meanASecond,
    peakPerSecond: peakASecond,
    gateways,
    databases,
    bytesPerDay: growth.messagesPerDay * (rawBytes + outgoingBytes + caseBytes),
    bytesKept,
    bytesPerDatabase: bytesKept / databases,
    messagesPerDatabase: (growth.messagesPerDay * growth.rawDays) / databases,
  }
}

/** How organisations are assigned to databases: by hash, or each new one to the database with the least load. */
export type Placement = 'by hash' | 'least loaded'

export interface Distribution {
  /** Load of the fullest database as a multiple of the mean. */
  readonly fullest: number
  /** Share of all messages that belong to the largest organisation. */
  readonly largest: number
}

/** Simulates the assignment of organisations of very different sizes, in order of sign-up. Deterministic for a seed. */
export function simulateDistribution(
  organisations: number,
  databases: number,
  placing: Placement,
  seed = 1,
): Distribution {
  const chance = seededRandom(seed)
  // Pareto distribution with α = 1.16 (a fifth of the merchants have four fifths of the messages), capped at 50,000 times the smallest.
  const sizes = Array.from({ length: organisations }, () => Math.min(50_000, (1 - chance.next()) ** (-1 / 1.16)))
  const loads = new Array<number>(databases).fill(0)
  for (const size of sizes) {
    const target = placing === 'by hash' ? chance.integer(databases) : loads.indexOf(Math.min(...loads))
    loads[target] = (loads[target] ?? 0) + size
  }
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return { fullest: (Math.max(...loads) * databases) / total, largest: Math.max(...sizes) / total }
}

/** Messages in each hour of a day, Beijing time, as a multiple of the mean hour. */
const HOURLY_SHARES = [
  0.6, 0.35, 0.2, 0.15, 0.15, 0.2, 0.4, 0.7, 1, 1.3, 1.5, 1.5, 1.3, 1.3, 1.4, 1.4, 1.4, 1.3, 1.2, 1.4, 1.7, 1.8, 1.5,
  1.05,
]

/**
 * Simulates a day, hour by hour, on a database that processes `perSecond` messages while `mean` arrive per second on average.
 * `surge` multiplies the busiest hours (a day of sales). Returns the longest wait of a message, in minutes.
 */
export function simulateLongestWait(mean: number, perSecond: number, surge: number): number {
  let waiting = 0
  let longest = 0
  for (const share of HOURLY_SHARES) {
    const arriving = mean * share * (share > 1.4 ? surge : 1)
    waiting = Math.max(0, waiting + (arriving - perSecond) * 3_600)
    longest = Math.max(longest, waiting / perSecond / 60)
  }
  return longest
}

/**
 * A topic of the published language. The key is always the case, so that the events of one case are read in their order. A
 * deployment that shares a broker with others sets a prefix of its own (`KAFKA_PREFIX`).
 */
export interface Topic {
  readonly name: TopicName
  readonly description: string
  /** `true`: the broker keeps the newest message of each key forever. `false`: it keeps all messages for a time. */
  readonly compacted: boolean
  readonly partitions: number
  /** How long messages are kept, ms; absent: the broker's default. */
  readonly retentionMs?: number
}

export type TopicName = 'case-events' | 'case-snapshots' | 'actions' | 'reports' | 'dead-letters'

/** At most so many consumers of a group share the work. A later increase would break the order: keys move to other partitions. */
const PARTITIONS = 12

/** Actions expire within a minute and hold texts written for a buyer, so they are not kept for long. */
const DAY_MS = 24 * 3_600_000

export const TOPICS: Readonly<Record<TopicName, Topic>> = {
  'case-events': {
    name: 'case-events',
    description: 'what happened to cases, in the order in which it happened to each',
    compacted: false,
    partitions: PARTITIONS,
  },
  'case-snapshots': {
    name: 'case-snapshots',
    description: 'every case as it stands, the newest of each',
    compacted: true,
    partitions: PARTITIONS,
  },
  actions: {
    name: 'actions',
    description: 'what adapters outside are to do at their marketplaces',
    compacted: false,
    partitions: PARTITIONS,
    retentionMs: DAY_MS,
  },
  reports: {
    name: 'reports',
    description: 'what adapters outside have seen and done at their marketplaces',
    compacted: false,
    partitions: PARTITIONS,
  },
  'dead-letters': {
    name: 'dead-letters',
    description: 'what a consumer could not take, with its reason',
    compacted: false,
    partitions: 1,
  },
}

export const DEFAULT_PREFIX = 'shouhou.'

/** The topic's name at the broker. */
export const topicOf = (name: TopicName, prefix: string = DEFAULT_PREFIX): string => `${prefix}${name}`

import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import type { Admin, Consumer, Producer } from 'kafkajs'
import { ThrottledKafkaLogger } from './throttled-kafka-logger'
import './header-limit'
import { DEFAULT_PREFIX, TOPICS, topicOf } from './topics'
import { type Transport, clientOptions } from './transport'

export interface BrokerOptions extends Transport {
  /** `host:port` of at least one broker; the client finds the others. */
  readonly brokers: readonly string[]
  /** The prefix of our topics' names. Default: `shouhou.` */
  readonly prefix?: string
  /** The replication factor of new topics; at least so many brokers are needed. Default: 1. */
  readonly replicas?: number
  /** Receives throttled log lines about the brokers: names of topics and hosts, no content of messages. */
  readonly onTrouble?: (line: string) => void
}

/** Attempts at creating topics, with pauses of 100 ms, 200 ms and so on. */
const CREATE_ATTEMPTS = 5
/** Namespaces of the client's log that report connection errors. They also report error responses, which are no outage. */
const CONNECTION_NAMESPACES = ['Connection', 'BrokerPool', 'Broker']
const isUnknownTopic = (error: unknown): boolean =>
  (error as { type?: unknown } | null)?.type === 'UNKNOWN_TOPIC_OR_PARTITION'

/**
 * The only place that creates clients of `kafkajs`. Requests time out after 10 s and are retried a few times only: the caller
 * decides what to do while a broker is unreachable, and a client that retries silently would hide the outage.
 */
export class Brokers {
  private readonly kafka: Kafka
  private readonly logger: ThrottledKafkaLogger
  readonly prefix: string

  constructor(private readonly options: BrokerOptions) {
    process.env['KAFKAJS_NO_PARTITIONER_WARNING'] = '1'
    this.prefix = options.prefix ?? DEFAULT_PREFIX
    this.logger = new ThrottledKafkaLogger((line) => options.onTrouble?.(line))
    this.kafka = new Kafka({
      clientId: 'shouhou',
      brokers: [...options.brokers],
      ...clientOptions(options),
      connectionTimeout: 3_000,
      requestTimeout: 10_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
      logLevel: logLevel.ERROR,
      logCreator:
        () =>
        ({ namespace, log }) =>
          this.logClientError(namespace, log.message),
    })
  }

  private logClientError(namespace: string, text: string): void {
    const cannotConnect =
      CONNECTION_NAMESPACES.includes(namespace) && /connect/i.test(text) && !text.startsWith('Response ')
    if (cannotConnect) this.logger.unreachable(text.replace(/^.*Connection error: /, ''))
    else this.logger.error(`${namespace}: ${text}`)
  }

  /**
   * A connected, idempotent producer: the broker drops its retries within one connection. What a caller repeats after a failure
   * comes from a new producer, with the same event ids.
   */
  async producer(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { retries: 4 },
    })
    await producer.connect()
    this.logger.connected()
    return producer
  }

  /** A consumer of a group. Polls wait 200 ms at most: a group rebalances only after each member has finished its poll. */
  consumer(group: string): Consumer {
    const consumer = this.kafka.consumer({
      groupId: group,
      maxWaitTimeInMs: 200,
      sessionTimeout: 6_000,
      heartbeatInterval: 1_500,
      rebalanceTimeout: 15_000,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 5, restartOnFailure: () => Promise.resolve(true) },
    })
    consumer.on(consumer.events.GROUP_JOIN, () => this.logger.connected())
    return consumer
  }

  /** Creates missing topics; existing ones keep their settings. */
  async createTopics(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.createMissingTopics()
      } catch (error) {
        // A broker may answer that it does not know a topic right after creating it; the client does not retry that error.
        if (!isUnknownTopic(error) || attempt === CREATE_ATTEMPTS) throw error
        await pause(attempt * 100)
      }
    }
  }

  private createMissingTopics(): Promise<void> {
    return this.withAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics())
      const missing = Object.values(TOPICS).filter(({ name }) => !existing.has(topicOf(name, this.prefix)))
      if (missing.length === 0) return
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(({ name, partitions, compacted, retentionMs: keptMs }) => ({
          topic: topicOf(name, this.prefix),
          numPartitions: partitions,
          replicationFactor: this.options.replicas ?? 1,
          configEntries: [
            { name: 'cleanup.policy', value: compacted ? 'compact' : 'delete' },
            ...(keptMs === undefined ? [] : [{ name: 'retention.ms', value: String(keptMs) }]),
          ],
        })),
      })
    })
  }

  /** Runs `work` with an admin client, and disconnects it afterwards. */
  async withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin()
    await admin.connect()
    this.logger.connected()
    try {
      return await work(admin)
    } finally {
      await admin.disconnect()
    }
  }
}

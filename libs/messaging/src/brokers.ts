import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import type { Admin, Consumer, Producer } from 'kafkajs'
import { ThrottledKafkaLogger } from './throttled-kafka-logger'
import './header-limit'
import { TOPICS, topicOf } from './topics'
import { type Transport, clientOptions } from './transport'
import { DEFAULT_PREFIX } from './topics'

export interface BrokerOptions extends Transport {
  /** `host:port` of some of them. */
  readonly brokers: readonly string[]
  /** The prefix of our topics' names. */
  readonly prefix?: string
  /** The replication factor; at least so many brokers are needed. */
  readonly replicas?: number
  /** Receives throttled log lines about the brokers: names of topics and hosts, no content of messages. */
  readonly onTrouble?: (line: string) => void
}

const ATTEMPTS = 5
/** Namespaces of the client that log connection errors; they log error responses too. */
const CONNECTING = ['Connection', 'BrokerPool', 'Broker']
const isUnknownTopic = (error: unknown): boolean =>
  (error as { type?: unknown } | null)?.type === 'UNKNOWN_TOPIC_OR_PARTITION'

/**
 * The brokers, seen through `kafkajs`. Requests time out after 10 s and are retried a few times only: the caller knows better what
 * to do meanwhile than a client that retries silently forever.
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
          this.logClient(namespace, log.message),
    })
  }

  private logClient(part: string, text: string): void {
    const cannotConnect = CONNECTING.includes(part) && /connect/i.test(text) && !text.startsWith('Response ')
    if (cannotConnect) this.logger.unreachable(text.replace(/^.*Connection error: /, ''))
    else this.logger.error(`${part}: ${text}`)
  }

  /**
   * Idempotent: the broker drops the producer's own retries within one connection. What is repeated after a failure comes from a
   * new producer and has the same event ids.
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

  /** Short poll waits: a group whose members wait long takes long to rebalance. */
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
        // A broker may not know a topic yet that it has just created; the client does not retry that.
        if (!isUnknownTopic(error) || attempt === ATTEMPTS) throw error
        await pause(attempt * 100)
      }
    }
  }

  private createMissingTopics(): Promise<void> {
    return this.withAdmin(async (admin) => {
      const there = new Set(await admin.listTopics())
      const missing = Object.values(TOPICS).filter(({ name }) => !there.has(topicOf(name, this.prefix)))
      if (missing.length === 0) return
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(({ name, partitions, compacted, keptMs }) => ({
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

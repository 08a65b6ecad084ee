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
  /** What stands before the names of our topics. */
  readonly prefix?: string
  /** Copies of every message; as many brokers must there be. */
  readonly replicas?: number
  /** What is wrong with the brokers, in a line, seldom. It holds names of topics and hosts, nothing of a message. */
  readonly onTrouble?: (said: string) => void
}

const ATTEMPTS = 5
/** Those parts of the client whose errors are that a broker cannot be reached; its answers that are errors come from there, too. */
const CONNECTING = ['Connection', 'BrokerPool', 'Broker']
const isUnknownTopic = (error: unknown): boolean =>
  (error as { type?: unknown } | null)?.type === 'UNKNOWN_TOPIC_OR_PARTITION'

/**
 * The broker, seen through `kafkajs`. Its answers are waited for at most 10 s and asked for a few times only: whoever
 * calls knows better what to do meanwhile than a client that tries in silence for ever.
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
   * It is told by the broker which of its messages are there already, so that its own repetitions inside one connection are
   * none. What is repeated after a failure comes from a new producer and has the same event ids.
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

  /** Short waits at the broker: a group whose members wait long takes long to share the work anew. */
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

  /** Makes the topics that are not there yet; those that are there stay as somebody has set them up. */
  async createTopics(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.createMissingTopics()
      } catch (error) {
        // A broker may have made a topic and, a moment later, not know it yet; the client takes that for an answer.
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

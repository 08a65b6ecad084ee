import { DEFAULT_PREFIX, TOPICS, topicOf } from '../topics'
import type { Topic, TopicName } from '../topics'
import { MESSAGES, schemaDocumentOf } from './registry'
import type { Message } from './registry'

/** The topics that adapters write; we write all others. */
const WRITTEN_OUTSIDE: ReadonlySet<TopicName> = new Set<TopicName>(['reports'])

export interface AsyncApiOptions {
  readonly prefix?: string
  /** `host:port` of the brokers that the document shall name as servers. */
  readonly brokers?: readonly string[]
}

/** The published language as an AsyncAPI 3.0 document, made from the registry by which every message is validated. */
export function asyncApiDocument({ prefix = DEFAULT_PREFIX, brokers = [] }: AsyncApiOptions = {}): Readonly<
  Record<string, unknown>
> {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Shouhou: events of after-sale cases',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 over Kafka in binary mode. The key is the case, so order holds within a case. At least once: consumers keep the ids (ce_id) that they have seen. ' +
        'No personal data; the texts of an action, which are for adapters only, are sent unchanged. New optional fields and new words may be added at any time; any other change is a new version of the type.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    ...(brokers.length === 0 ? {} : { servers: serversOf(brokers) }),
    channels: Object.fromEntries(Object.values(TOPICS).map((topic) => [topic.name, channelOf(topic, prefix)])),
    operations: Object.fromEntries(Object.values(TOPICS).map(({ name }) => [operationIdOf(name), operationOf(name)])),
    components: {
      messages: Object.fromEntries(MESSAGES.map((message) => [message.type, messageObjectOf(message)])),
      messageTraits: { cloudEvent: CLOUD_EVENT_TRAIT },
    },
  }
}

const serversOf = (brokers: readonly string[]): object =>
  Object.fromEntries(brokers.map((host, index) => [`broker-${index + 1}`, { host, protocol: 'kafka' }]))

const messagesOf = (topic: TopicName): readonly Message[] => MESSAGES.filter((message) => message.topic === topic)

function channelOf({ name, description, compacted, partitions }: Topic, prefix: string): object {
  return {
    address: topicOf(name, prefix),
    description: description,
    messages: Object.fromEntries(messagesOf(name).map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
    bindings: {
      kafka: {
        partitions,
        topicConfiguration: { 'cleanup.policy': [compacted ? 'compact' : 'delete'] },
        bindingVersion: '0.5.0',
      },
    },
  }
}

const operationIdOf = (topic: TopicName): string => `${WRITTEN_OUTSIDE.has(topic) ? 'hear' : 'tell'}-${topic}`

const operationOf = (topic: TopicName): object => ({
  action: WRITTEN_OUTSIDE.has(topic) ? 'receive' : 'send',
  channel: { $ref: `#/channels/${topic}` },
})

const messageObjectOf = (message: Message): object => ({
  name: message.type,
  title: message.type,
  summary: message.description,
  traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
  payload: { schemaFormat: 'application/schema+json;version=draft-2020-12', schema: schemaDocumentOf(message) },
})

const CLOUD_EVENT_TRAIT = {
  contentType: 'application/json',
  headers: {
    type: 'object',
    required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time'],
    properties: {
      ce_specversion: { type: 'string', const: '1.0' },
      ce_id: { type: 'string', description: 'the same for a repetition' },
      ce_type: { type: 'string', description: 'the name of the message, with its version' },
      ce_source: { type: 'string', description: 'the organisation; in reports the adapter: /shouhou/adapters/NAME' },
      ce_subject: { type: 'string', description: 'the case' },
      ce_time: { type: 'string', format: 'date-time', description: 'when it was recorded' },
      ce_partitionkey: { type: 'string' },
      ce_dataschema: { type: 'string' },
      ce_traceparent: {
        type: 'string',
        description: 'the trace that it belongs to, by W3C Trace Context; only where traces are made',
      },
      shouhou_signature: {
        type: 'string',
        description:
          'between us and adapters: HMAC-SHA256 under the secret of the adapter, in lower hex, over ce_id, line feed, ce_type, line feed, value',
      },
    },
  },
  bindings: { kafka: { key: { type: 'string', description: 'the case' }, bindingVersion: '0.5.0' } },
}

import { join } from 'node:path'

export interface BrokerEndpoints {
  readonly dataFolder: string
  readonly port: number
  /** For the broker's internal (KRaft controller) traffic. */
  readonly controllerPort: number
  /** The port that clients connect to, if it differs: that of a proxy. */
  readonly advertisedPort?: number
  readonly secured?: SecuredListener
}

/** A second listener, for clients that use TLS and authenticate with SASL (PLAIN or SCRAM-SHA-512). */
export interface SecuredListener {
  readonly port: number
  /** PEM: the broker's certificate and its key. */
  readonly certificate: string
  readonly key: string
  readonly username: string
  readonly password: string
}

const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
const plainUser = ({ username, password }: SecuredListener): string =>
  `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`
const escapeNewlines = (pem: string): string => pem.trim().replaceAll('\n', '\\n')

const securedSettings = (listener: SecuredListener): Record<string, string> => ({
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
  'listener.name.sasl_ssl.plain.sasl.jaas.config': plainUser(listener),
  'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': SCRAM,
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.certificate.chain': escapeNewlines(listener.certificate),
  'ssl.keystore.key': escapeNewlines(listener.key),
})

/** One node that is both broker and controller, as small as possible. Topics are not auto-created, so a misspelt name fails. */
export const brokerSettings = (endpoints: BrokerEndpoints): string => {
  const { dataFolder, port, controllerPort, advertisedPort = port } = endpoints
  const withSecured = (plainText: string): string =>
    endpoints.secured === undefined ? plainText : `${plainText},SASL_SSL://127.0.0.1:${endpoints.secured.port}`
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: withSecured(`PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`),
    'advertised.listeners': withSecured(`PLAINTEXT://127.0.0.1:${advertisedPort}`),
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': join(dataFolder, 'log'),
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
    ...(endpoints.secured === undefined ? {} : securedSettings(endpoints.secured)),
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}

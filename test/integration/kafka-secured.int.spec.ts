import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Brokers, type Transport } from '#messaging'
import { buildTransport } from '../../apps/worker/src/kafka/kafka-transport'
import { freePort } from '../processes/real-process'
import { type Broker, startBroker } from '../kafka/broker'
import { type Authority, createAuthority } from '../tls/authority'

const USER = { KAFKA_SASL_USERNAME: 'shouhou', KAFKA_SASL_PASSWORD: 'a-long-secret' }

describe('a broker with SASL_SSL and a certificate of a private authority (fault C3)', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'shouhou-kafka-secured-'))
  let authority: Authority
  let broker: Broker
  let address: string

  beforeAll(async () => {
    authority = createAuthority()
    const [port, controllerPort, securedPort] = [await freePort(), await freePort(), await freePort()]
    address = `127.0.0.1:${securedPort}`
    broker = await startBroker({
      dataFolder,
      port,
      controllerPort,
      secured: {
        port: securedPort,
        ...authority.issue('127.0.0.1'),
        username: USER.KAFKA_SASL_USERNAME,
        password: USER.KAFKA_SASL_PASSWORD,
      },
    })
  }, 300_000)
  afterAll(async () => {
    await broker.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  })

  const logLines: string[] = []
  const brokersOver = (transport: Transport): Brokers =>
    new Brokers({
      brokers: [address],
      prefix: `t${randomUUID()}.`,
      ...transport,
      onTrouble: (line) => logLines.push(line),
    })
  const listTopicsOver = (transport: Transport): Promise<string[]> =>
    brokersOver(transport).withAdmin((admin) => admin.listTopics())
  const secured = { KAFKA_BROKERS: 'kafka:1', KAFKA_SSL: true, ...USER }

  it.each(['plain', 'scram-sha-512'] as const)(
    'lets a client with %s create topics, produce a message and consume it',
    async (mechanism) => {
      const transport = buildTransport({
        ...secured,
        KAFKA_SSL_CA: authority.certificate,
        KAFKA_SASL_MECHANISM: mechanism,
      })
      const brokers = brokersOver(transport)
      await brokers.createTopics()
      const topic = `${brokers.prefix}case-events`
      const producer = await brokers.producer()
      await producer.send({ topic, messages: [{ key: 'k', value: mechanism }] })
      await producer.disconnect()
      const consumer = brokers.consumer(randomUUID())
      await consumer.connect()
      await consumer.subscribe({ topic, fromBeginning: true })
      const arrived = new Promise<string | undefined>((resolve) => {
        void consumer.run({ eachMessage: ({ message }) => Promise.resolve(resolve(message.value?.toString())) })
      })
      expect(await arrived).toBe(mechanism)
      await consumer.disconnect()
    },
  )

  it.each<[string, () => Transport, RegExp]>([
    [
      'a wrong password',
      () =>
        buildTransport({
          ...secured,
          KAFKA_SSL_CA: authority.certificate,
          KAFKA_SASL_MECHANISM: 'plain',
          KAFKA_SASL_PASSWORD: 'guessed',
        }),
      /SASL PLAIN authentication failed/,
    ],
    ['no credentials', () => ({ ssl: { ca: authority.certificate } }), /./],
    [
      'an authority that the client does not know',
      () => buildTransport({ ...secured, KAFKA_SASL_MECHANISM: 'plain' }),
      /self-signed|unable to (?:verify|get)/,
    ],
    ['no TLS', () => ({}), /./],
  ])('refuses a connection with %s', async (_, transport, reason) => {
    await expect(listTopicsOver(transport())).rejects.toThrow(reason)
  })

  it('leads to log lines without a password', () => {
    expect(logLines.length).toBeGreaterThan(0)
    expect(logLines.join('\n')).not.toMatch(/a-long-secret|guessed/)
  })
})

import { type TransportSettings, buildTransport, findTransportFault } from './kafka-transport'
import { readSettings } from '#access'
import { KafkaSettings } from './kafka.settings'

const PEM = '-----BEGIN CERTIFICATE-----'
const LOCAL = { KAFKA_BROKERS: '127.0.0.1:9092,localhost:9093' }
const REMOTE = { KAFKA_BROKERS: '127.0.0.1:9092,kafka-2:9092' }
const USER = { KAFKA_SASL_USERNAME: 'shouhou', KAFKA_SASL_PASSWORD: 'hush' }

describe('the transport to the brokers (fault C3)', () => {
  it.each<[string, TransportSettings, string | undefined]>([
    ['nothing is published', {}, undefined],
    ['brokers on this machine', LOCAL, undefined],
    ['one broker on another host', REMOTE, 'KAFKA_SSL=true for TLS, or KAFKA_SSL=false'],
    ['another host, TLS', { ...REMOTE, KAFKA_SSL: true }, undefined],
    ['another host, plain text on purpose', { ...REMOTE, KAFKA_SSL: false }, undefined],
    ['an authority of our own', { ...REMOTE, KAFKA_SSL: true, KAFKA_SSL_CA: PEM }, undefined],
    ['an authority without TLS', { ...LOCAL, KAFKA_SSL_CA: PEM }, 'not used without KAFKA_SSL=true'],
    ['an authority that is no PEM', { ...REMOTE, KAFKA_SSL: true, KAFKA_SSL_CA: '/ca.pem' }, 'KAFKA_SSL_CA_FILE'],
    ['a certificate without its key', { ...REMOTE, KAFKA_SSL: true, KAFKA_SSL_CERT: PEM }, 'together'],
    ['a certificate and its key', { ...REMOTE, KAFKA_SSL: true, KAFKA_SSL_CERT: PEM, KAFKA_SSL_KEY: PEM }, undefined],
    ['credentials without a mechanism', { ...LOCAL, ...USER }, 'no KAFKA_SASL_MECHANISM'],
    ['a mechanism without credentials', { ...LOCAL, KAFKA_SASL_MECHANISM: 'plain' }, 'KAFKA_SASL_USERNAME'],
    ['a password in plain text here', { ...LOCAL, ...USER, KAFKA_SASL_MECHANISM: 'plain' }, undefined],
    [
      'a password in plain text elsewhere',
      { ...REMOTE, ...USER, KAFKA_SSL: false, KAFKA_SASL_MECHANISM: 'plain' },
      'the password in plain text',
    ],
    [
      'a challenge in plain text elsewhere',
      { ...REMOTE, ...USER, KAFKA_SSL: false, KAFKA_SASL_MECHANISM: 'scram-sha-512' },
      undefined,
    ],
    ['a password over TLS', { ...REMOTE, ...USER, KAFKA_SSL: true, KAFKA_SASL_MECHANISM: 'plain' }, undefined],
  ])('is accepted or refused with its fault: %s', (_, settings, fault) => {
    if (fault === undefined) expect(findTransportFault(settings)).toBeUndefined()
    else expect(findTransportFault(settings)).toContain(fault)
  })

  it('hands certificates and credentials to the client', () => {
    expect(buildTransport(LOCAL)).toEqual({})
    expect(buildTransport({ ...REMOTE, KAFKA_SSL: true })).toEqual({ ssl: true })
    expect(
      buildTransport({ ...REMOTE, ...USER, KAFKA_SSL: true, KAFKA_SSL_CA: PEM, KAFKA_SASL_MECHANISM: 'scram-sha-256' }),
    ).toEqual({
      ssl: { ca: PEM },
      sasl: { mechanism: 'scram-sha-256', username: 'shouhou', password: 'hush' },
    })
  })

  it('is checked with the settings of a process, which are named and not repeated', () => {
    const read = (env: NodeJS.ProcessEnv): unknown => readSettings(KafkaSettings, env)
    expect(() => read({ KAFKA_BROKERS: 'kafka:9092' })).toThrow('KAFKA_BROKERS: leads to another host')
    expect(() => read({ KAFKA_BROKERS: 'kafka:9092', KAFKA_SSL: 'yes' })).toThrow('KAFKA_SSL: must be true or false')
    expect(() => read({ ...USER, KAFKA_BROKERS: 'kafka:9092' })).toThrow(expect.not.stringContaining('hush') as string)
    expect(read({ KAFKA_BROKERS: 'kafka:9092', KAFKA_SSL: 'false' })).toMatchObject({ KAFKA_SSL: false })
    expect(read({ KAFKA_BROKERS: 'kafka:9092', KAFKA_SSL: 'true' })).toMatchObject({ KAFKA_SSL: true })
    expect(read({ KAFKA_BROKERS: '127.0.0.1:9092' })).not.toHaveProperty('KAFKA_SSL', false)
  })
})

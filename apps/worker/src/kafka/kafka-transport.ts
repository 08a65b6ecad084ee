import { ValidateBy } from 'class-validator'
import { isLocalHost } from '#event-store'
import type { SaslMechanism, Transport } from '#messaging'

/** The settings that say how the connection to the brokers is protected; `_CA`, `_CERT` and `_KEY` are PEM texts. */
export interface TransportSettings {
  readonly KAFKA_BROKERS?: string
  readonly KAFKA_SSL?: boolean
  readonly KAFKA_SSL_CA?: string
  readonly KAFKA_SSL_CERT?: string
  readonly KAFKA_SSL_KEY?: string
  readonly KAFKA_SASL_MECHANISM?: SaslMechanism
  readonly KAFKA_SASL_USERNAME?: string
  readonly KAFKA_SASL_PASSWORD?: string
}

const PEM_SETTINGS = ['KAFKA_SSL_CA', 'KAFKA_SSL_CERT', 'KAFKA_SSL_KEY'] as const

/** Why brokers must not be connected to as they are set, in a sentence for the operator; `undefined`: they may be. */
export function findTransportFault(settings: TransportSettings): string | undefined {
  const { KAFKA_BROKERS: brokers, KAFKA_SSL: ssl, KAFKA_SASL_MECHANISM: mechanism } = settings
  const remoteAddresses = (brokers?.split(',') ?? []).filter((address) => !isLocalHost(hostOf(address)))
  if (remoteAddresses.length > 0 && ssl === undefined)
    return 'leads to another host: set KAFKA_SSL=true for TLS, or KAFKA_SSL=false to send everything in plain text'
  if (ssl !== true && PEM_SETTINGS.some((name) => settings[name] !== undefined))
    return 'has certificates set that are not used without KAFKA_SSL=true'
  if ((settings.KAFKA_SSL_CERT === undefined) !== (settings.KAFKA_SSL_KEY === undefined))
    return 'needs KAFKA_SSL_CERT and KAFKA_SSL_KEY together'
  const unreadable = PEM_SETTINGS.find((name) => settings[name]?.includes('-----BEGIN ') === false)
  if (unreadable !== undefined) return `needs a PEM text in ${unreadable}; a file goes into ${unreadable}_FILE`
  const [user, password] = [settings.KAFKA_SASL_USERNAME, settings.KAFKA_SASL_PASSWORD]
  if (mechanism === undefined)
    return user === undefined && password === undefined
      ? undefined
      : 'has SASL credentials set and no KAFKA_SASL_MECHANISM'
  if (user === undefined || password === undefined)
    return 'needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD (or KAFKA_SASL_PASSWORD_FILE) with KAFKA_SASL_MECHANISM'
  if (mechanism === 'plain' && ssl !== true && remoteAddresses.length > 0)
    return 'would be sent the password in plain text: set KAFKA_SSL=true, or use a scram mechanism'
  return undefined
}

/** The transport of settings without a fault. */
export function buildTransport(settings: TransportSettings): Transport {
  const [ca, cert, key] = PEM_SETTINGS.map((name) => settings[name])
  const certificates = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = settings
  return {
    ...(settings.KAFKA_SSL === true ? { ssl: ca || cert ? certificates : true } : {}),
    ...(mechanism !== undefined && username !== undefined && password !== undefined
      ? { sasl: { mechanism, username, password } }
      : {}),
  }
}

/** Checks KAFKA_BROKERS together with the settings beside it; the message never repeats a value. */
export const IsProtectedConnection = (): PropertyDecorator =>
  ValidateBy({
    name: 'isProtectedConnection',
    validator: {
      validate: (_, args) => findTransportFault(args?.object as TransportSettings) === undefined,
      defaultMessage: (args) => findTransportFault(args?.object as TransportSettings) ?? '',
    },
  })

const hostOf = (address: string): string => address.slice(0, address.lastIndexOf(':'))

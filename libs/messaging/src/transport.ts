import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { SASLOptions } from 'kafkajs'

/** How the connection to the brokers is encrypted and authenticated. */
export interface Transport {
  /** `true`: TLS with the certificate authorities that Node trusts. Absent or `false`: plain text. */
  readonly ssl?: boolean | TlsOptions
  readonly sasl?: Sasl
}

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const
export type SaslMechanism = (typeof SASL_MECHANISMS)[number]

export interface Sasl {
  readonly mechanism: SaslMechanism
  readonly username: string
  readonly password: string
}

/** Converts the transport to options of kafkajs. */
export const clientOptions = ({ ssl = false, sasl }: Transport): { ssl: TlsOptions | boolean; sasl?: SASLOptions } => ({
  ssl,
  // A cast, since the client's type is a union by mechanism and ours is not; the fields are the same.
  ...(sasl === undefined ? {} : { sasl: { ...sasl } as SASLOptions }),
})

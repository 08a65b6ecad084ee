import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { SASLOptions } from 'kafkajs'

/** How the connection to the brokers is encrypted and authenticated. */
export interface Transport {
  /** `true`: TLS against the authorities that Node knows. Absent or `false`: plain text. */
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

/** As kafkajs wants them. */
export const clientOptions = ({ ssl = false, sasl }: Transport): { ssl: TlsOptions | boolean; sasl?: SASLOptions } => ({
  ssl,
  // The client's type has a case for each mechanism, and they are alike but for its name.
  ...(sasl === undefined ? {} : { sasl: { ...sasl } as SASLOptions }),
})

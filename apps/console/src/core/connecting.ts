import type { LineUp } from '#case-handling'
import { MARKETPLACES, restrictToOwnHosts } from '#connectors'

/** What connecting a store needs of the process. */
export interface ConnectingOptions {
  readonly lineUp: LineUp
  /** Hosts at which typed addresses may be. */
  readonly insecureHosts: readonly string[]
  /** How people reach the console; absent: under the loopback name that they ask for. */
  readonly publicUrl: string | undefined
}

export const connectingOf = (
  insecureHosts: readonly string[] = [],
  publicUrl: string | undefined = undefined,
): ConnectingOptions => ({
  lineUp: MARKETPLACES.map((connector) => restrictToOwnHosts(connector, insecureHosts)),
  insecureHosts,
  publicUrl,
})

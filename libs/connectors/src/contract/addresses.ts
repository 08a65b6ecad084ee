/** One of a marketplace's own addresses, as its API is reached there. */
export interface OwnAddress {
  /** Used where an app names none; its scheme, `https` or `wss`, is the only one that is accepted. */
  readonly defaultUrl: string
  /** The marketplace's hosts that may replace it, lower case: the usual one, backups, a sandbox. */
  readonly hosts: readonly string[]
}

/** By name, as in an app's `endpoints`. */
export type OwnAddresses = Readonly<Record<string, OwnAddress>>

/** The same without TLS, for hosts that are allowed to go without. */
const WITHOUT_TLS: Readonly<Record<string, string>> = { 'https:': 'http:', 'wss:': 'ws:' }

/**
 * Why an address may not replace a marketplace's own; `undefined`: it may. Tokens, secrets and buyers are
 * sent there, so only the marketplace's hosts are taken, over TLS and at its own port. `insecureHosts` may replace any
 * marketplace, also without TLS: simulators. The text never repeats the address, which may hold credentials.
 */
export function addressProblem(
  address: string,
  own: OwnAddress | undefined,
  insecureHosts: readonly string[],
): string | undefined {
  if (own === undefined) return 'this marketplace has no such address'
  const scheme = new URL(own.defaultUrl).protocol
  const rule = `must begin with ${scheme}// and be at ${own.hosts.join(' or ')}`
  if (!URL.canParse(address)) return rule
  const { protocol, hostname, port, username, password, search, hash } = new URL(address)
  if (username !== '' || password !== '' || search !== '' || hash !== '') return rule
  if (isInsecureHost(hostname, insecureHosts))
    return [scheme, WITHOUT_TLS[scheme]].includes(protocol) ? undefined : rule
  return protocol === scheme && port === '' && own.hosts.includes(hostname) ? undefined : rule
}

/** `hostname` as `URL` gives it: an IPv6 address is in brackets. */
export const isInsecureHost = (hostname: string, insecureHosts: readonly string[]): boolean =>
  insecureHosts.includes(hostname.replace(/^\[|\]$/g, '').toLowerCase())

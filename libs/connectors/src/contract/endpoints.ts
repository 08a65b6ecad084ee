/** One endpoint of a marketplace's API: its default URL, and the hosts at which it may also be called. */
export interface MarketplaceEndpoint {
  /** Used where an app names no address. Its scheme, `https` or `wss`, is the only accepted one. */
  readonly defaultUrl: string
  /** The marketplace's hosts that may replace it, lower case: the usual one, backups, a sandbox. */
  readonly hosts: readonly string[]
}

/** The endpoints of a marketplace by name, e.g. `api`. An app may replace their URLs under the same names. */
export type MarketplaceEndpoints = Readonly<Record<string, MarketplaceEndpoint>>

/** The schemes without TLS, for `insecureHosts`. */
const WITHOUT_TLS: Readonly<Record<string, string>> = { 'https:': 'http:', 'wss:': 'ws:' }

/**
 * Why an address may not replace a marketplace's own; `undefined` where it may. Tokens, secrets and personal data are
 * sent to it, so only the marketplace's hosts are accepted, over TLS and at the default port. `insecureHosts`
 * (simulators) may replace any marketplace, also without TLS. The text never repeats the address, which may contain
 * credentials.
 */
export function findEndpointProblem(
  url: string,
  endpoint: MarketplaceEndpoint | undefined,
  insecureHosts: readonly string[],
): string | undefined {
  if (endpoint === undefined) return 'this marketplace has no such address'
  const scheme = new URL(endpoint.defaultUrl).protocol
  const rule = `must begin with ${scheme}// and be at ${endpoint.hosts.join(' or ')}`
  if (!URL.canParse(url)) return rule
  const { protocol, hostname, port, username, password, search, hash } = new URL(url)
  if (username !== '' || password !== '' || search !== '' || hash !== '') return rule
  if (isInsecureHost(hostname, insecureHosts))
    return [scheme, WITHOUT_TLS[scheme]].includes(protocol) ? undefined : rule
  return protocol === scheme && port === '' && endpoint.hosts.includes(hostname) ? undefined : rule
}

/** `hostname` as `URL` gives it: an IPv6 address is in brackets. */
export const isInsecureHost = (hostname: string, insecureHosts: readonly string[]): boolean =>
  insecureHosts.includes(hostname.replace(/^\[|\]$/g, '').toLowerCase())

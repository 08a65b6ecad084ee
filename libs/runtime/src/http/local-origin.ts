import type { IncomingHttpHeaders } from 'node:http'

export interface AllowedHosts {
  /**
   * Host names, besides this machine's own, under which the server may be reached: where it listens for others on
   * purpose.
   */
  readonly names?: readonly string[]
  /** Any IP address is accepted, too: where the server listens on more than the loopback address. */
  readonly anyAddress?: boolean
}

const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i
const IP_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])$/i
const HOST_HEADER = /^([^:@/?#\s]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/**
 * Whether a request to a server that has no log-in comes from a client that should not reach it, although the connection
 * did: a web page in a browser of this machine. Such a page speaks under a host name of its own that it lets point here
 * (DNS rebinding), or it asks across sites, as `Origin` and the fetch metadata show. Tools send neither.
 */
export function isForeign(
  headers: IncomingHttpHeaders,
  { names = [], anyAddress = false }: AllowedHosts = {},
): boolean {
  const { host, origin, 'sec-fetch-site': site } = headers
  const name = HOST_HEADER.exec(host ?? '')?.[1]?.toLowerCase()
  if (host === undefined || name === undefined) return true
  const isAllowedName = LOOPBACK_NAME.test(name) || names.some((one) => one.toLowerCase() === name)
  if (!isAllowedName && !(anyAddress && IP_ADDRESS.test(name))) return true
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return true
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

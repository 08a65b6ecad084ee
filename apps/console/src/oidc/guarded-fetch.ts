import { lookup as lookUp } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { BlockList, isIP } from 'node:net'
import { request as requestPlain, type RequestOptions } from 'node:http'
import { request as requestTls } from 'node:https'
import { isSafeAddress } from '#case-handling'

const PATIENCE_MS = 8_000
/** Metadata, keys and tokens have a few kilobytes. */
const MAX_ANSWER_BYTES = 1_048_576

/** Networks that only machines beside the console reach: an issuer that an owner types must not open them. */
const INNER_NETWORKS = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INNER_NETWORKS.addSubnet(network, prefix, 'ipv4')

/** Of IPv6 only what is routed on the internet, without the forms that wrap an IPv4 address (NAT64, 6to4, Teredo). */
const OUTER_IPV6 = new BlockList()
OUTER_IPV6.addSubnet('2000::', 3, 'ipv6')
const WRAPPING_IPV6 = new BlockList()
WRAPPING_IPV6.addSubnet('2001::', 32, 'ipv6')
WRAPPING_IPV6.addSubnet('2002::', 16, 'ipv6')

export function isInnerAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return INNER_NETWORKS.check(address, 'ipv4')
  return family !== 6 || !OUTER_IPV6.check(address, 'ipv6') || WRAPPING_IPV6.check(address, 'ipv6')
}

/** The address was not connected to. */
export class AddressNotAllowed extends Error {}

/** No answer came, or none that can be read. */
export class CallFailed extends Error {}

/** What a call needs, of the options of `fetch`. */
interface Sent {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: unknown
}

/** `host` as `INSECURE_HOSTS` has it. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/**
 * A `fetch` for addresses that people type or that another server names: with TLS, to the internet only, without following
 * redirects. The address that a name resolves to is checked as it is connected to, so that a name cannot change between the two
 * (DNS rebinding). Hosts of `INSECURE_HOSTS` are excepted.
 */
export function guardedFetch(insecureHosts: readonly string[]): (url: string, sent: Sent) => Promise<Response> {
  return async (text, { method, headers, body }) => {
    if (!isSafeAddress(text, insecureHosts)) throw new AddressNotAllowed()
    const url = new URL(text)
    const isExcepted = insecureHosts.includes(hostOf(url))
    // An address in digits is not looked up.
    if (!isExcepted && isIP(hostOf(url)) !== 0 && isInnerAddress(hostOf(url))) throw new AddressNotAllowed()
    const bytes =
      body === undefined || body === null ? undefined : Buffer.from(String(body as string | URLSearchParams))
    const options = {
      ...{ method, agent: false, signal: AbortSignal.timeout(PATIENCE_MS), bytes },
      headers: bytes === undefined ? headers : { ...headers, 'content-length': String(bytes.length) },
      ...(isExcepted ? {} : { lookup: lookUpOuter }),
    }
    try {
      return await send(url, options)
    } catch (error) {
      throw error instanceof AddressNotAllowed ? error : new CallFailed('no answer', { cause: error })
    }
  }
}

const lookUpOuter: LookupFunction = (hostname, options, callback) =>
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error !== null || first === undefined) return callback(error ?? new Error('no address'), '', 0)
    if (addresses.some(({ address }) => isInnerAddress(address))) return callback(new AddressNotAllowed(), '', 0)
    return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family)
  })

function send(
  url: URL,
  { bytes, ...options }: RequestOptions & { readonly bytes: Buffer | undefined },
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestTls : requestPlain
    const sent = request(url, options, (answer) => {
      const parts: Buffer[] = []
      let size = 0
      answer.on('data', (part: Buffer) => {
        size += part.length
        parts.push(part)
        if (size > MAX_ANSWER_BYTES) answer.destroy(new Error('the answer is too long'))
      })
      answer.on('error', reject)
      answer.on('end', () => {
        const { statusCode: status = 502, headers } = answer
        const type = headers['content-type']
        // Only what is read of an answer; one that is no answer to a `fetch` is none of a provider.
        const init = { status, ...(type === undefined ? {} : { headers: { 'content-type': type } }) }
        if (status < 200 || status > 599) return reject(new Error(`status ${status}`))
        resolve(new Response(status === 204 || status === 304 ? null : Buffer.concat(parts), init))
      })
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}

import { isIPv4 } from 'node:net'

/** Whether a host is this machine, so that plain text crosses no network. A path is a Unix socket. */
export function isLocalHost(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
  if (name.startsWith('/') || name === 'localhost' || name.endsWith('.localhost')) return true
  if (name === '::1' || name === '0:0:0:0:0:0:0:1') return true
  // All of 127.0.0.0/8 is this machine, also in the form of an IPv4-mapped IPv6 address.
  return isIPv4(name.replace(/^::ffff:/, '')) && name.replace(/^::ffff:/, '').startsWith('127.')
}

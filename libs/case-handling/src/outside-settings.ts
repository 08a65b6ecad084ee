import type { ValidationArguments } from 'class-validator'
import { IsOptional, Matches, ValidateBy } from 'class-validator'
import { isInsecureHost } from '#connectors'

/** What a process may speak to beside what is known to be right. The same for `register`, gateway, worker and console. */
export class OutsideSettings {
  /**
   * Hosts that may stand in for any marketplace and be reached without TLS: simulators, an object store on the same
   * machine. The demonstration sets it. Never in production: tokens and secrets are sent there.
   */
  @IsOptional()
  @Matches(/^[\w.:-]+(?:,[\w.:-]+)*$/, { message: 'must be names of hosts without ports, like 127.0.0.1,simulator' })
  INSECURE_HOSTS?: string
}

/**
 * The hosts of `INSECURE_HOSTS`, and that of `SHOUHOU_CLOCK`: who lets a host tell him the time is in a demonstration of
 * that host's.
 */
export function insecureHostsOf(settings: object): readonly string[] {
  const { INSECURE_HOSTS: hosts, SHOUHOU_CLOCK: clock } = settings as {
    readonly INSECURE_HOSTS?: unknown
    readonly SHOUHOU_CLOCK?: unknown
  }
  const named = typeof hosts === 'string' ? hosts.toLowerCase().split(',') : []
  const simulated = typeof clock === 'string' && URL.canParse(clock) ? [new URL(clock).hostname] : []
  return [...named, ...simulated.map((host) => host.replace(/^\[|\]$/g, ''))]
}

/** An address over TLS, or without it at one of these hosts; never with a name and a password in it. */
export function isSafeAddress(address: string, insecureHosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isInsecureHost(hostname, insecureHosts))
}

/** For a setting that is an address to which something of value is sent, or that others are given. */
export const IsSafeAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSafeAddress',
    validator: {
      validate: (value: unknown, given?: ValidationArguments) =>
        // What is no address of a web server is told by the setting's own check.
        typeof value !== 'string' ||
        !/^https?:/i.test(value) ||
        isSafeAddress(value, insecureHostsOf(given?.object ?? {})),
      defaultMessage: () => 'must begin with https://; http:// is taken at a host of INSECURE_HOSTS only',
    },
  })

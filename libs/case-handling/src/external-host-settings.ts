import type { ValidationArguments } from 'class-validator'
import { IsOptional, Matches, ValidateBy } from 'class-validator'
import { isInsecureHost } from '#connectors'

/**
 * Hosts that a process may connect to in addition to the marketplaces' own. The same for `register`, gateway, worker
 * and console.
 */
export class ExternalHostSettings {
  /**
   * Hosts that may take the place of any marketplace and be reached without TLS: simulators, an object store on the
   * same machine. Set by the demo. Never in production: tokens and secrets are sent there.
   */
  @IsOptional()
  @Matches(/^[\w.:-]+(?:,[\w.:-]+)*$/, { message: 'must be names of hosts without ports, like 127.0.0.1,simulator' })
  INSECURE_HOSTS?: string
}

/**
 * The hosts of `INSECURE_HOSTS`, and that of `SHOUHOU_CLOCK`: a process that takes its time from a host is a demo with
 * simulators on that host.
 */
export function parseInsecureHosts(settings: object): readonly string[] {
  const { INSECURE_HOSTS: hosts, SHOUHOU_CLOCK: clock } = settings as {
    readonly INSECURE_HOSTS?: unknown
    readonly SHOUHOU_CLOCK?: unknown
  }
  const hostsInSetting = typeof hosts === 'string' ? hosts.toLowerCase().split(',') : []
  const hostsOfClock = typeof clock === 'string' && URL.canParse(clock) ? [new URL(clock).hostname] : []
  return [...hostsInSetting, ...hostsOfClock.map((host) => host.replace(/^\[|\]$/g, ''))]
}

/** An address is safe with TLS, or at one of `insecureHosts`, and only if it contains no credentials. */
export function isSafeAddress(address: string, insecureHosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isInsecureHost(hostname, insecureHosts))
}

/** For a setting with an address to which secrets or personal data are sent, or that is published to marketplaces. */
export const IsSafeAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSafeAddress',
    validator: {
      validate: (value: unknown, validation?: ValidationArguments) =>
        // An invalid address is reported by the setting's own check.
        typeof value !== 'string' ||
        !/^https?:/i.test(value) ||
        isSafeAddress(value, parseInsecureHosts(validation?.object ?? {})),
      defaultMessage: () => 'must begin with https://; http:// is accepted at a host of INSECURE_HOSTS only',
    },
  })

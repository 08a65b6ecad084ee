import type { AppRecord, Journal } from '#case-handling'
import { findEndpointProblems, connectorOf } from '#connectors'

/** Logs at the start which apps are not called because an endpoint of theirs is not their marketplace's own. */
export function noteUnsafeApps(
  apps: readonly Pick<AppRecord, 'id' | 'marketplace' | 'endpoints'>[],
  insecureHosts: readonly string[],
  journal: Pick<Journal, 'info'>,
): void {
  for (const { id, marketplace, endpoints } of apps) {
    const connector = connectorOf(marketplace)
    if (connector === undefined) continue
    for (const { name, problem: trouble } of findEndpointProblems(connector, endpoints, insecureHosts))
      journal.info('an app is not called: register it with another address, or see INSECURE_HOSTS', {
        ...{ app: id, marketplace, address: name, trouble },
      })
  }
}

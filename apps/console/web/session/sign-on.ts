/** The organisation's log-in link was opened in this browser: its key, and where to go back to. */
const ORGANISATION = 'shouhou.sign-on.organisation'
const PENDING = 'shouhou.sign-on.pending'

interface Pending {
  readonly organisation: string | undefined
  readonly backTo: string
}

/** Storage may be refused, e.g. in a private window: then nothing is remembered. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** The key in the address, or that of the last log-in in this browser. */
export const organisationToOffer = (): string | undefined =>
  new URLSearchParams(window.location.search).get('org') ??
  quietly(() => window.localStorage.getItem(ORGANISATION)) ??
  undefined

/** Leaves for the provider's page. */
export function leaveFor(url: string, organisation: string | undefined): void {
  const { pathname, search } = window.location
  const backTo = /^\/(?:enter|login)(?:\/|$)/.test(pathname) ? '/' : `${pathname}${search}`
  const pending: Pending = { organisation, backTo }
  quietly(() => window.sessionStorage.setItem(PENDING, JSON.stringify(pending)))
  window.location.assign(url)
}

/** Remembers the organisation of a log-in that has succeeded; answers where to go on. */
export function returned(): string {
  const text = quietly(() => window.sessionStorage.getItem(PENDING)) ?? '{}'
  const { organisation, backTo } = (quietly(() => JSON.parse(text) as unknown) ?? {}) as Partial<Pending>
  quietly(() => window.sessionStorage.removeItem(PENDING))
  if (typeof organisation === 'string') quietly(() => window.localStorage.setItem(ORGANISATION, organisation))
  // A path of our own: two slashes would be another host.
  return typeof backTo === 'string' && /^\/(?!\/)/.test(backTo) ? backTo : '/'
}

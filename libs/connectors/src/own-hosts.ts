import type { Answer, Connector, Onboarding, Outbound, CallContext } from './contract'
import { findEndpointProblem, outcomeOfFailure, pause } from './contract'

type Endpoints = Readonly<Record<string, string>>

/** How long to wait before an app with a forbidden address is checked again. */
const RECHECK_DELAY_MS = 60_000

/** What is wrong with an app's endpoints, by their names. Their URLs are never repeated: they may contain credentials. */
export function findEndpointProblems(
  { endpoints: knownEndpoints = {} }: Pick<Connector, 'endpoints'>,
  endpoints: Endpoints,
  insecureHosts: readonly string[],
): readonly { readonly name: string; readonly problem: string }[] {
  return Object.entries(endpoints).flatMap(([name, url]) => {
    const endpoint = Object.hasOwn(knownEndpoints, name) ? knownEndpoints[name] : undefined
    // Registration documents and tables may hold any value here, whatever its type says.
    const unchecked: unknown = url
    const problem = findEndpointProblem(typeof unchecked === 'string' ? unchecked : '', endpoint, insecureHosts)
    return problem === undefined ? [] : [{ name, problem }]
  })
}

/**
 * The same connector, restricted to its marketplace's own hosts: an app with another address is not called, however the
 * address was stored; other apps are not affected. Addresses that an app does not set are the marketplace's defaults.
 */
export function restrictToOwnHosts(connector: Connector, insecureHosts: readonly string[]): Connector {
  const { outbound, onboarding, endpoints: knownEndpoints = {} } = connector
  const defaultUrls = Object.fromEntries(
    Object.entries(knownEndpoints).map(([name, endpoint]) => [name, endpoint.defaultUrl]),
  )
  const withDefaults = <A extends { readonly endpoints: Endpoints }>(app: A): A => ({
    ...app,
    endpoints: { ...defaultUrls, ...app.endpoints },
  })
  const describeProblem = ({ endpoints }: { readonly endpoints: Endpoints }): string | undefined => {
    const [first] = findEndpointProblems(connector, endpoints, insecureHosts)
    return first && `the address ${first.name} is not used: it ${first.problem}`
  }
  const callIfAllowed = <S extends { readonly endpoints: Endpoints }, T>(
    session: S,
    call: (session: S) => Promise<Answer<T>>,
  ): Promise<Answer<T>> => {
    const why = describeProblem(session)
    return why === undefined ? call(withDefaults(session)) : Promise.resolve({ type: 'unknown', why, unsent: true })
  }
  const { requestCase, authorise, rejectReasons, returnAddresses, listen, subscribe } = outbound
  const guarded: Outbound = {
    ...outbound,
    pull: (window, session, ctx) => callIfAllowed(session, (at) => outbound.pull(window, at, ctx)),
    read: (ref, session, ctx) => callIfAllowed(session, (at) => outbound.read(ref, at, ctx)),
    refresh: (session, ctx) => callIfAllowed(session, (at) => outbound.refresh(at, ctx)),
    perform: (order, session, ctx) => {
      const why = describeProblem(session)
      return why === undefined
        ? outbound.perform(order, withDefaults(session), ctx)
        : Promise.resolve(outcomeOfFailure({ type: 'unknown', why, unsent: true }))
    },
    ...(requestCase && {
      requestCase: (ref, session, ctx) => callIfAllowed(session, (at) => requestCase(ref, at, ctx)),
    }),
    ...(authorise && { authorise: (grant, app, ctx) => callIfAllowed(app, (at) => authorise(grant, at, ctx)) }),
    ...(rejectReasons && {
      rejectReasons: (ref, session, ctx) => callIfAllowed(session, (at) => rejectReasons(ref, at, ctx)),
    }),
    ...(returnAddresses && {
      returnAddresses: (session, ctx) => callIfAllowed(session, (at) => returnAddresses(at, ctx)),
    }),
    ...(subscribe && { subscribe: (session, ctx) => callIfAllowed(session, (at) => subscribe(at, ctx)) }),
    ...(listen && {
      listen: async (app, sink, notices, ctx) => {
        const why = describeProblem(app)
        if (why === undefined) return listen(withDefaults(app), sink, notices, ctx)
        notices.disconnected(ctx.now(), why)
        await untilStoppedOrRecheck(ctx)
      },
    }),
  }
  return { ...connector, outbound: guarded, ...(onboarding && { onboarding: ownPage(onboarding) }) }

  /** A browser is sent to the marketplace's own page only. */
  function ownPage(given: Onboarding): Onboarding {
    const { authorisation } = given
    if (authorisation === undefined) return given
    const pageUrl: typeof authorisation.pageUrl = (app, state, returnUrl) =>
      describeProblem(app) === undefined ? authorisation.pageUrl(withDefaults(app), state, returnUrl) : undefined
    return { ...given, authorisation: { ...authorisation, pageUrl } }
  }
}

/** Resolves when stopped, or when it is time to check again. */
const untilStoppedOrRecheck = ({ signal }: CallContext): Promise<void> =>
  signal.aborted ? Promise.resolve() : pause(RECHECK_DELAY_MS, signal).catch(() => undefined)

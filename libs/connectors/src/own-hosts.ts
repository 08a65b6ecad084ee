import type { Answer, Connector, Outbound, StoreSession, CallContext } from './contract'
import { addressProblem, outcomeOfFailure, pause } from './contract'

type Endpoints = Readonly<Record<string, string>>

/** How long to wait before an app with a forbidden address is checked again. */
const RECHECK_MS = 60_000

/** The problems of an app's addresses, by their names. The addresses themselves are never repeated. */
export function addressProblems(
  { addresses = {} }: Pick<Connector, 'addresses'>,
  endpoints: Endpoints,
  insecureHosts: readonly string[],
): readonly { readonly name: string; readonly trouble: string }[] {
  return Object.entries(endpoints).flatMap(([name, address]) => {
    const own = Object.hasOwn(addresses, name) ? addresses[name] : undefined
    // A value from a document or a table may be anything.
    const given: unknown = address
    const trouble = addressProblem(typeof given === 'string' ? given : '', own, insecureHosts)
    return trouble === undefined ? [] : [{ name, trouble }]
  })
}

/**
 * The same connector, restricted to its marketplace's own hosts: an app with another address is not called, however the
 * address was stored; other apps are not affected. Addresses that an app does not set are the marketplace's defaults.
 */
export function restrictToOwnHosts(connector: Connector, insecureHosts: readonly string[]): Connector {
  const { outbound, addresses = {} } = connector
  const defaults = Object.fromEntries(Object.entries(addresses).map(([name, own]) => [name, own.defaultUrl]))
  const withDefaults = <A extends { readonly endpoints: Endpoints }>(app: A): A => ({
    ...app,
    endpoints: { ...defaults, ...app.endpoints },
  })
  const problemOf = ({ endpoints }: { readonly endpoints: Endpoints }): string | undefined => {
    const [first] = addressProblems(connector, endpoints, insecureHosts)
    return first && `the address ${first.name} is not used: it ${first.trouble}`
  }
  const ask = <T>(session: StoreSession, call: (session: StoreSession) => Promise<Answer<T>>): Promise<Answer<T>> => {
    const why = problemOf(session)
    return why === undefined ? call(withDefaults(session)) : Promise.resolve({ type: 'unknown', why, unsent: true })
  }
  const { ask: requestCase, rejectReasons, returnAddresses, listen, subscribe } = outbound
  const guarded: Outbound = {
    ...outbound,
    pull: (window, session, ctx) => ask(session, (at) => outbound.pull(window, at, ctx)),
    read: (ref, session, ctx) => ask(session, (at) => outbound.read(ref, at, ctx)),
    refresh: (session, ctx) => ask(session, (at) => outbound.refresh(at, ctx)),
    perform: (order, session, ctx) => {
      const why = problemOf(session)
      return why === undefined
        ? outbound.perform(order, withDefaults(session), ctx)
        : Promise.resolve(outcomeOfFailure({ type: 'unknown', why, unsent: true }))
    },
    ...(requestCase && { ask: (ref, session, ctx) => ask(session, (at) => requestCase(ref, at, ctx)) }),
    ...(rejectReasons && {
      rejectReasons: (ref, session, ctx) => ask(session, (at) => rejectReasons(ref, at, ctx)),
    }),
    ...(returnAddresses && { returnAddresses: (session, ctx) => ask(session, (at) => returnAddresses(at, ctx)) }),
    ...(subscribe && { subscribe: (session, ctx) => ask(session, (at) => subscribe(at, ctx)) }),
    ...(listen && {
      listen: async (app, sink, notices, ctx) => {
        const why = problemOf(app)
        if (why === undefined) return listen(withDefaults(app), sink, notices, ctx)
        notices.disconnected(ctx.now(), why)
        await untilStoppedOrRecheck(ctx)
      },
    }),
  }
  return { ...connector, outbound: guarded }
}

/** Resolves when stopped, or when it is time to check again. */
const untilStoppedOrRecheck = ({ signal }: CallContext): Promise<void> =>
  signal.aborted ? Promise.resolve() : pause(RECHECK_MS, signal).catch(() => undefined)

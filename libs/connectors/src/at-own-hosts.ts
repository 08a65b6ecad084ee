import type { Answer, Connector, Outbound, StoreSession, CallContext } from './contract'
import { addressTrouble, notPerformed, pause } from './contract'

type Endpoints = Readonly<Record<string, string>>

/** How long an app whose address may not be used is left before it is checked again. */
const LISTEN_AGAIN_MS = 60_000

/** What is wrong with the addresses of an app, by their names. Values are never repeated. */
export function addressTroubles(
  { addresses = {} }: Pick<Connector, 'addresses'>,
  endpoints: Endpoints,
  insecureHosts: readonly string[],
): readonly { readonly name: string; readonly trouble: string }[] {
  return Object.entries(endpoints).flatMap(([name, address]) => {
    const own = Object.hasOwn(addresses, name) ? addresses[name] : undefined
    // A value from a document or a table may be anything.
    const given: unknown = address
    const trouble = addressTrouble(typeof given === 'string' ? given : '', own, insecureHosts)
    return trouble === undefined ? [] : [{ name, trouble }]
  })
}

/**
 * The same connector, restricted to its marketplace's own hosts: an app with another address is not called,
 * however it got into the table, and other apps are not affected. Addresses that an app does not name are the usual ones.
 */
export function atOwnHosts(connector: Connector, insecureHosts: readonly string[]): Connector {
  const { outbound, addresses = {} } = connector
  const usual = Object.fromEntries(Object.entries(addresses).map(([name, own]) => [name, own.usual]))
  const whole = <A extends { readonly endpoints: Endpoints }>(app: A): A => ({
    ...app,
    endpoints: { ...usual, ...app.endpoints },
  })
  const doubt = ({ endpoints }: { readonly endpoints: Endpoints }): string | undefined => {
    const [first] = addressTroubles(connector, endpoints, insecureHosts)
    return first && `the address ${first.name} is not used: it ${first.trouble}`
  }
  const ask = <T>(session: StoreSession, call: (session: StoreSession) => Promise<Answer<T>>): Promise<Answer<T>> => {
    const why = doubt(session)
    return why === undefined ? call(whole(session)) : Promise.resolve({ type: 'unknown', why, unsent: true })
  }
  const { ask: hint, rejectReasons, returnAddresses, listen, subscribe } = outbound
  const guarded: Outbound = {
    ...outbound,
    pull: (window, session, ctx) => ask(session, (at) => outbound.pull(window, at, ctx)),
    read: (ref, session, ctx) => ask(session, (at) => outbound.read(ref, at, ctx)),
    refresh: (session, ctx) => ask(session, (at) => outbound.refresh(at, ctx)),
    perform: (order, session, ctx) => {
      const why = doubt(session)
      return why === undefined
        ? outbound.perform(order, whole(session), ctx)
        : Promise.resolve(notPerformed({ type: 'unknown', why, unsent: true }))
    },
    ...(hint && { ask: (ref, session, ctx) => ask(session, (at) => hint(ref, at, ctx)) }),
    ...(rejectReasons && {
      rejectReasons: (ref, session, ctx) => ask(session, (at) => rejectReasons(ref, at, ctx)),
    }),
    ...(returnAddresses && { returnAddresses: (session, ctx) => ask(session, (at) => returnAddresses(at, ctx)) }),
    ...(subscribe && { subscribe: (session, ctx) => ask(session, (at) => subscribe(at, ctx)) }),
    ...(listen && {
      listen: async (app, sink, notices, ctx) => {
        const why = doubt(app)
        if (why === undefined) return listen(whole(app), sink, notices, ctx)
        notices.disconnected(ctx.now(), why)
        await stopped(ctx)
      },
    }),
  }
  return { ...connector, outbound: guarded }
}

/** Resolves when stopped, or when it is time to check again. */
const stopped = ({ signal }: CallContext): Promise<void> =>
  signal.aborted ? Promise.resolve() : pause(LISTEN_AGAIN_MS, signal).catch(() => undefined)

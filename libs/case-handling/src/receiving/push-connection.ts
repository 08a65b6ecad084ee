import { randomUUID } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { Connector, CallContext } from '#connectors'
import { pause } from '#connectors'
import { runWhileLeased, recordConnection, withTenants } from '#event-store'
import type { Intake } from './intake'
import type { AppRecord, Clock, Journal, StoreRecord, Stores } from '../ports'
import { suspensionOf } from '../suspension'
import { buildSession } from '../reading/sessions'

/** After this another worker takes over from one that died; with its poll every second and the call, within ten seconds. */
const LEASE_MS = 6_000
/** How often new stores of the app are looked for while it is connected, and when a refused subscription is repeated. */
const DEFAULT_TIMINGS = { followMs: 2_000, retryMs: 60_000 }

/** The subscription of a store: it counts for the tokens that it was made with. `retryAt`: it failed; on the clock of the process. */
interface Subscription {
  readonly accessToken: string
  readonly retryAt?: number
}

/**
 * The persistent connection of an app, over which a marketplace pushes messages for all its stores. Of several workers
 * only the one with the lease connects. A message is acknowledged only after it is durable.
 */
export class PushConnection {
  private readonly holder = randomUUID()

  constructor(
    private readonly database: DataSource,
    private readonly stores: Stores,
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly timings = DEFAULT_TIMINGS,
  ) {}

  /** Listens until the connection ends and returns 1; returns 0 at once while another worker has the lease. */
  async tryListen(app: AppRecord, connector: Connector, ctx: CallContext): Promise<number> {
    const { listen } = connector.outbound
    if (listen === undefined) return 0
    const lease = { name: `listen/${app.marketplace}/${app.id}`, holder: this.holder, ms: LEASE_MS }
    const held = await runWhileLeased(this.database, lease, ctx.signal, (signal) =>
      withTenants([app.org], async () => {
        const connection = new AbortController()
        const context = { ...ctx, signal: AbortSignal.any([signal, connection.signal]) }
        const subscribed = new Map<number, Subscription>()
        await this.subscribeStores(app, connector, context, subscribed)
        const take = this.intake.storeMessages.bind(this.intake, app)
        const following = this.followStores(app, connector, context, subscribed)
        try {
          await listen(app, (messages) => take(messages), this.connectionCallbacks(app), context)
        } finally {
          connection.abort()
          await following
        }
      }),
    )
    return held ? 1 : 0
  }

  /** Stores that are connected or authorised again while the connection is up are subscribed, too. */
  private async followStores(
    app: AppRecord,
    connector: Connector,
    ctx: CallContext,
    subscribed: Map<number, Subscription>,
  ): Promise<void> {
    while (!ctx.signal.aborted) {
      await pause(this.timings.followMs, ctx.signal).catch(() => undefined)
      if (!ctx.signal.aborted)
        await this.subscribeStores(app, connector, ctx, subscribed).catch((error: unknown) =>
          this.journal.warn('new stores could not be subscribed to pushes', error),
        )
    }
  }

  private async subscribeStores(
    app: AppRecord,
    { outbound }: Connector,
    ctx: CallContext,
    subscribed: Map<number, Subscription>,
  ): Promise<void> {
    if (outbound.subscribe === undefined) return
    const isCalled = (store: StoreRecord): boolean => store.authorised && suspensionOf(store) === undefined
    const own = (await this.stores.current()).stores.filter((store) => store.app.id === app.id)
    for (const store of own) if (!isCalled(store)) subscribed.delete(store.id)
    for (const store of own.filter((one) => isCalled(one) && isDue(one, subscribed.get(one.id)))) {
      const { id, accessToken } = store
      const answer = await outbound.subscribe(buildSession(store), ctx).catch(() => undefined)
      const isRefused = answer?.type !== 'ok'
      subscribed.set(id, { accessToken, ...(isRefused ? { retryAt: performance.now() + this.timings.retryMs } : {}) })
      if (isRefused) this.journal.info('a store could not be subscribed to pushes', { store: id })
    }
  }

  private connectionCallbacks(app: AppRecord): {
    connected(at: number): void
    disconnected(at: number, why: string): void
  } {
    const note = (connected: boolean, why: string | null): void =>
      void withTenants([app.org], () =>
        recordConnection(this.database, { app: app.id, org: app.org, connected, since: this.clock(), why }),
      ).catch((error: unknown) => this.journal.warn('the state of a connection could not be noted', error))
    return { connected: () => note(true, null), disconnected: (_at, why) => note(false, why.slice(0, 200)) }
  }
}

/** New tokens may come of a new authorisation, which ends the earlier subscription. */
const isDue = ({ accessToken }: StoreRecord, made: Subscription | undefined): boolean =>
  made === undefined ||
  made.accessToken !== accessToken ||
  (made.retryAt !== undefined && made.retryAt <= performance.now())

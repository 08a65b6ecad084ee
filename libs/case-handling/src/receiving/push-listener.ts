import { randomUUID } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { Connector, CallContext } from '#connectors'
import { runWhileLeased, noteConnection, withTenants } from '#event-store'
import type { Intake } from './intake'
import type { AppRecord, Clock, Journal, Stores } from '../ports'
import { sessionOf } from '../reading/sessions'

/**
 * Within this time another worker takes over from one that died; with its poll every second and the call, ten seconds
 * at most.
 */
const LEASE_MS = 6_000

/**
 * Holds the one persistent connection of an app, for all its stores, while it has the lease; with two workers the other
 * waits. A message is acknowledged only after it is durable.
 */
export class PushListener {
  private readonly holder = randomUUID()

  constructor(
    private readonly database: DataSource,
    private readonly stores: Stores,
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  /** One attempt: 0 while another worker has the connection, 1 when we had it and it ended. */
  async listenOnce(app: AppRecord, connector: Connector, ctx: CallContext): Promise<number> {
    const { listen } = connector.outbound
    if (listen === undefined) return 0
    const lease = { name: `listen/${app.marketplace}/${app.id}`, holder: this.holder, ms: LEASE_MS }
    const held = await runWhileLeased(this.database, lease, ctx.signal, (signal) =>
      withTenants([app.org], async () => {
        await this.subscribe(app, connector, { ...ctx, signal })
        const take = this.intake.take.bind(this.intake, app)
        await listen(app, (messages) => take(messages), this.connectionCallbacks(app), { ...ctx, signal })
      }),
    )
    return held ? 1 : 0
  }

  private async subscribe(app: AppRecord, { outbound }: Connector, ctx: CallContext): Promise<void> {
    if (outbound.subscribe === undefined) return
    for (const store of (await this.stores.current()).stores.filter((s) => s.app.id === app.id && s.authorised)) {
      const answer = await outbound.subscribe(sessionOf(store), ctx).catch(() => undefined)
      if (answer?.type !== 'ok') this.journal.info('a store could not be subscribed to pushes', { store: store.id })
    }
  }

  private connectionCallbacks(app: AppRecord): {
    connected(at: number): void
    disconnected(at: number, why: string): void
  } {
    const note = (connected: boolean, why: string | null): void =>
      void withTenants([app.org], () =>
        noteConnection(this.database, { app: app.id, org: app.org, connected, since: this.clock(), why }),
      ).catch((error: unknown) => this.journal.warn('the state of a connection could not be noted', error))
    return { connected: () => note(true, null), disconnected: (_at, why) => note(false, why.slice(0, 200)) }
  }
}

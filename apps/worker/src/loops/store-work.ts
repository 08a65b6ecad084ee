import { randomUUID } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { Directory } from '#access'
import type { Journal, LineUp, StoreRecord } from '#case-handling'
import { PushConnection, PerformActions, PullStore, ReadCases, WINDOWS_PER_RUN } from '#case-handling'
import type { CallContext } from '#connectors'
import { connectorOf } from '#connectors'
import { runWhileLeased, findStoresWithEffects, findStoresWithReads, withTenants } from '#event-store'
import type { LoopMetrics } from '#runtime'
import { JOURNAL } from '#runtime'
import type { WorkerPace } from './pace'
import { NamedTasks } from './named-tasks'
import { LINE_UP, LOOP_METRICS, PACE } from '../tokens'

/** After this time another worker continues with the lists of one that died. */
const PULL_LEASE_MS = 8_000
const READINGS_A_TURN = 64
const ACTIONS_A_TURN = 64

/** What is asked of marketplaces. Each store is a task of its own, so a slow marketplace delays only its own stores. */
@Injectable()
export class StoreWork {
  private readonly holder = randomUUID()
  private readonly tasks = new NamedTasks()

  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PushConnection) private readonly listening: PushConnection,
    @Inject(LINE_UP) private readonly lineUp: LineUp,
    @Inject(PACE) private readonly pace: WorkerPace,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(LOOP_METRICS) private readonly loopMetrics: LoopMetrics | undefined,
  ) {}

  /** Resolves when no task is under way any more. */
  finished(): Promise<void> {
    return this.tasks.finished()
  }

  /** Every authorised store of which a case is to be read. */
  async readAll(ctx: CallContext): Promise<number> {
    const wanting = await findStoresWithReads(this.database, ctx.now())
    const { stores } = await this.directory.current()
    const trouble = this.troubleOf('read', 'a reading was cut short', ctx)
    for (const store of stores)
      if (store.authorised && wanting.some((w) => w.store === store.id))
        this.tasks.start(`read/${store.id}`, () => this.readPending(store, ctx), trouble)
    return 0
  }

  /** Every store with actions, also one without authorisation: what cannot be sent for long must come before a person. */
  async performAll(ctx: CallContext): Promise<number> {
    const wanting = await findStoresWithEffects(this.database)
    const { stores } = await this.directory.current()
    const trouble = this.troubleOf('perform', 'actions were cut short', ctx)
    for (const store of stores)
      if (wanting.some((w) => w.store === store.id))
        this.tasks.start(`perform/${store.id}`, () => this.performPending(store, ctx), trouble)
    return 0
  }

  /** The list of changes of every authorised store. A store whose lease another worker holds is left to that worker. */
  async pullAll(ctx: CallContext): Promise<number> {
    const { stores } = await this.directory.current()
    const trouble = this.troubleOf('pull', 'a pull was cut short', ctx)
    for (const store of stores)
      if (store.authorised) this.tasks.start(`pull/${store.id}`, () => this.pullOne(store, ctx), trouble)
    return 0
  }

  /** One connection to each app whose marketplace pushes over connections that we open. */
  async listenAll(ctx: CallContext): Promise<number> {
    const { apps } = await this.directory.current()
    const trouble = this.troubleOf('listen', 'a standing connection ended', ctx)
    for (const app of apps) {
      const connector = connectorOf(app.marketplace, this.lineUp)
      if (connector !== undefined)
        this.tasks.start(`listen/${app.id}`, () => this.listening.tryListen(app, connector, ctx), trouble)
    }
    return 0
  }

  private async readPending(store: StoreRecord, ctx: CallContext): Promise<void> {
    const next = (): Promise<number> => this.commands.execute(new ReadCases(store, READINGS_A_TURN, ctx))
    await withTenants([store.org], async () => {
      while (!ctx.signal.aborted && (await next()) > 0);
    })
  }

  private async performPending(store: StoreRecord, ctx: CallContext): Promise<void> {
    const next = (): Promise<number> => this.commands.execute(new PerformActions(store, ACTIONS_A_TURN, ctx))
    await withTenants([store.org], async () => {
      while (!ctx.signal.aborted && (await next()) > 0);
    })
  }

  private pullOne(store: StoreRecord, ctx: CallContext): Promise<boolean> {
    const lease = { name: `pull/${store.id}`, holder: this.holder, ms: PULL_LEASE_MS }
    return runWhileLeased(this.database, lease, ctx.signal, (signal) =>
      withTenants([store.org], async () => {
        const next = (): Promise<number> =>
          this.commands.execute(new PullStore(store, this.pace.backfillMs, { ...ctx, signal }))
        // A store that is days behind, after an outage, is caught up without waiting for the next turn in between.
        while (!signal.aborted && (await next()) === WINDOWS_PER_RUN);
      }),
    )
  }

  private troubleOf(loop: string, what: string, { signal }: CallContext): (error: unknown) => void {
    return (error) => {
      if (signal.aborted) return
      this.loopMetrics?.failed(loop)
      this.journal.warn(what, error)
    }
  }
}

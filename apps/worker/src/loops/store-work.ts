import { randomUUID } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { Directory } from '#access'
import type { Journal, LineUp, StoreRecord } from '#case-handling'
import { PushConnection, PerformActions, PullStore, ReadCases, WINDOWS_PER_RUN, suspensionOf } from '#case-handling'
import type { CallContext } from '#connectors'
import { connectorOf } from '#connectors'
import { runWhileLeased, findStoresWithEffects, findStoresWithReads, withTenants } from '#event-store'
import type { LoopMetrics } from '#runtime'
import { JOURNAL } from '#runtime'
import type { WorkerPace } from './pace'
import { NamedTasks } from './named-tasks'
import { LINE_UP, LOOP_METRICS, PACE } from '../tokens'

/** After this another worker continues to pull for one that died. */
const PULL_LEASE_MS = 8_000
/** Per command: a store with more gets another command at once. */
const READINGS_PER_COMMAND = 64
const ACTIONS_PER_COMMAND = 64

/** Whether its marketplace may be called: it has authorised us, and people have neither paused nor removed the store. */
const isCalled = (store: StoreRecord): boolean => store.authorised && suspensionOf(store) === undefined

/** All calls to marketplaces. Each store is a task of its own, so that a slow marketplace delays only its own stores. */
@Injectable()
export class StoreWork {
  private readonly holder = randomUUID()
  private readonly tasks = new NamedTasks()

  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PushConnection) private readonly pushConnection: PushConnection,
    @Inject(LINE_UP) private readonly lineUp: LineUp,
    @Inject(PACE) private readonly pace: WorkerPace,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(LOOP_METRICS) private readonly loopMetrics: LoopMetrics | undefined,
  ) {}

  /** Resolves when no task is running. */
  finished(): Promise<void> {
    return this.tasks.finished()
  }

  /** Starts reading for every store that may be called and has a requested reading. */
  async readAll(ctx: CallContext): Promise<number> {
    const storesInNeed = await findStoresWithReads(this.database, ctx.now())
    const { stores } = await this.directory.current()
    const trouble = this.reportTrouble('read', 'a reading was cut short', ctx)
    for (const store of stores)
      if (isCalled(store) && storesInNeed.some((w) => w.store === store.id))
        this.tasks.start(`read/${store.id}`, () => this.readPending(store, ctx), trouble)
    return 0
  }

  /** Starts performing for every store with actions, even one that may not be called, so that a person is shown what cannot be sent. */
  async performAll(ctx: CallContext): Promise<number> {
    const storesInNeed = await findStoresWithEffects(this.database)
    const { stores } = await this.directory.current()
    const trouble = this.reportTrouble('perform', 'actions were cut short', ctx)
    for (const store of stores)
      if (storesInNeed.some((w) => w.store === store.id))
        this.tasks.start(`perform/${store.id}`, () => this.performPending(store, ctx), trouble)
    return 0
  }

  /** Starts a pull for every store that may be called. A store whose lease another worker holds is left to that worker. */
  async pullAll(ctx: CallContext): Promise<number> {
    const { stores } = await this.directory.current()
    const trouble = this.reportTrouble('pull', 'a pull was cut short', ctx)
    for (const store of stores)
      if (isCalled(store)) this.tasks.start(`pull/${store.id}`, () => this.pullStore(store, ctx), trouble)
    return 0
  }

  /** Starts listening for every app whose marketplace pushes over connections that we open. */
  async listenAll(ctx: CallContext): Promise<number> {
    const { apps, stores } = await this.directory.current()
    const trouble = this.reportTrouble('listen', 'a standing connection ended', ctx)
    // An app without a store has nothing to hear.
    for (const app of apps.filter(({ id }) => stores.some((s) => s.app.id === id && s.removedAt === null))) {
      const connector = connectorOf(app.marketplace, this.lineUp)
      if (connector !== undefined)
        this.tasks.start(`listen/${app.id}`, () => this.pushConnection.tryListen(app, connector, ctx), trouble)
    }
    return 0
  }

  private async readPending(store: StoreRecord, ctx: CallContext): Promise<void> {
    const executeNext = (): Promise<number> => this.commands.execute(new ReadCases(store, READINGS_PER_COMMAND, ctx))
    await withTenants([store.org], async () => {
      while (!ctx.signal.aborted && (await this.isStillCalled(store)) && (await executeNext()) > 0);
    })
  }

  private async performPending(store: StoreRecord, ctx: CallContext): Promise<void> {
    const executeNext = (): Promise<number> =>
      this.commands.execute(new PerformActions(store, ACTIONS_PER_COMMAND, ctx))
    await withTenants([store.org], async () => {
      while (!ctx.signal.aborted && (await executeNext()) > 0);
    })
  }

  private pullStore(store: StoreRecord, ctx: CallContext): Promise<boolean> {
    const lease = { name: `pull/${store.id}`, holder: this.holder, ms: PULL_LEASE_MS }
    return runWhileLeased(this.database, lease, ctx.signal, (signal) =>
      withTenants([store.org], async () => {
        const executeNext = (): Promise<number> =>
          this.commands.execute(new PullStore(store, this.pace.backfillMs, { ...ctx, signal }))
        // After an outage a store may be days behind: it catches up without waiting for the next run of the loop.
        while (!signal.aborted && (await this.isStillCalled(store)) && (await executeNext()) === WINDOWS_PER_RUN);
      }),
    )
  }

  /** It may be paused or removed while it catches up. */
  private async isStillCalled({ id }: StoreRecord): Promise<boolean> {
    const store = (await this.directory.current()).stores.find((one) => one.id === id)
    return store !== undefined && isCalled(store)
  }

  private reportTrouble(loop: string, what: string, { signal }: CallContext): (error: unknown) => void {
    return (error) => {
      if (signal.aborted) return
      this.loopMetrics?.failed(loop)
      this.journal.warn(what, error)
    }
  }
}

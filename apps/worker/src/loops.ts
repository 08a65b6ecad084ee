import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common'
import type { CommandBus } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Clock, Journal, LineUp, Listening, StoreRecord, Stores } from '#case-handling'
import {
  FireDeadlines,
  RejudgeOpenCases,
  PerformActions,
  PullStore,
  ReadCases,
  ReceiveMessages,
  SweepEvidence,
  WINDOWS_A_TURN,
  turn,
} from '#case-handling'
import type { CallContext } from '#connectors'
import { slidingPace } from '#connectors'
import type { Bell, Bells } from '#event-store'
import { leases, storesWithEffects, storesWithReadings } from '#event-store'
import type { Publisher } from '#messaging'
import type { LoopMetrics, Pulse } from '#runtime'
import type { Adapters } from './adapters'
import { SideBySide } from './side-by-side'

/** How much at once and how often; all times in ms of the machine. */
export interface WorkerPace {
  readonly batch: number
  readonly lanes: number
  readonly pullEveryMs: number
  readonly backfillMs: number
}

interface LoopParts {
  readonly database: DataSource
  readonly bells: Bells
  readonly lineUp: LineUp
  readonly stores: Stores
  readonly clock: Clock
  readonly journal: Journal
  readonly listening: Listening
  /** Whether evidence lies in a place of ours. */
  readonly sweeps: boolean
  /** One for each share; none where nothing is published. */
  readonly publishers: readonly Publisher[]
  readonly adapters: Adapters | undefined
  readonly pulse: Pulse
  /** Where turns are counted; absent: nowhere. */
  readonly turns: LoopMetrics | undefined
  readonly pace: WorkerPace
}

/** Within this time another worker goes on with the lists of one that died. */
const PULL_LEASE_MS = 8_000
/** No statement may take longer than a minute: a turn that takes twice as long will not end. */
const LONGEST_TURN_MS = 120_000
const READINGS_A_TURN = 64
const ACTIONS_A_TURN = 64
const GATHER_MS = 15
const SWEEP_EVERY_MS = 3_600_000

/** Starts the loops with the process and ends them with it; what is under way is finished first. */
export class Loops implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID()
  private readonly stopping = new AbortController()
  private readonly apart = new SideBySide()
  private running: Promise<void>[] = []
  /** Whether more was pending than one batch takes. */
  private backlog = false

  constructor(
    private readonly commands: CommandBus,
    private readonly parts: LoopParts,
  ) {}

  onApplicationBootstrap(): void {
    const { pace, adapters } = this.parts
    // Everything that waits here, listens for the end.
    setMaxListeners(0, this.stopping.signal)
    const handing = adapters === undefined ? {} : { handingOut: adapters.handingOut }
    const ctx = { now: this.parts.clock, signal: this.stopping.signal, pace: slidingPace(), ...handing }
    this.running = [
      this.loop('receive', () => this.receive(), 1_000, 'shouhou_pending'),
      ...Array.from({ length: pace.lanes - 1 }, () =>
        this.loop('receive beside', () => this.receiveBeside(), GATHER_MS),
      ),
      this.loop('fire', () => this.commands.execute(new FireDeadlines(pace.batch)), 250),
      this.loop('look again', () => this.commands.execute(new RejudgeOpenCases()), 250),
      this.loop('read', () => this.readAll(ctx), 1_000, 'shouhou_reading'),
      this.loop('perform', () => this.performAll(ctx), 1_000, 'shouhou_effect'),
      this.loop('pull', () => this.pullAll(ctx), pace.pullEveryMs),
      this.loop('listen', () => this.listenAll(ctx), 1_000),
      ...(this.parts.sweeps ? [this.loop('sweep', () => this.sweep(), SWEEP_EVERY_MS, undefined, SWEEP_EVERY_MS)] : []),
      ...this.parts.publishers.map((publisher) =>
        this.loop('publish', () => this.publish(publisher), 1_000, undefined, Infinity),
      ),
      ...(adapters === undefined ? [] : [this.loop('hear', () => this.hear(adapters), 1_000, undefined, Infinity)]),
    ]
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('stopping'))
    await Promise.all(this.running)
    await this.apart.finished()
    await this.parts.adapters?.close()
  }

  private loop(
    name: string,
    body: () => Promise<number>,
    idleMs: number,
    bell?: Bell,
    longestMs = LONGEST_TURN_MS,
  ): Promise<void> {
    const { bells, journal, pulse, turns } = this.parts
    const counted = turns?.watched(name, body) ?? body
    return turn(pulse.watched(name, longestMs, counted), {
      name,
      idleMs,
      signal: this.stopping.signal,
      bells,
      journal,
      ...(bell === undefined ? {} : { bell }),
    })
  }

  /** After a small batch newcomers are given a moment to gather: a transaction costs the same for one as for fifty. */
  private async receive(): Promise<number> {
    const taken = await this.commands.execute(new ReceiveMessages(this.parts.pace.batch))
    this.backlog = taken === this.parts.pace.batch
    if (taken > 0 && !this.backlog) await this.parts.bells.wait(undefined, GATHER_MS, this.stopping.signal)
    return taken
  }

  /** The other lanes help only where one batch did not take all that was there. */
  private receiveBeside(): Promise<number> {
    return this.backlog ? this.commands.execute(new ReceiveMessages(this.parts.pace.batch)) : Promise.resolve(0)
  }

  /** Each store that has something to ask for, for itself: one whose marketplace is slow keeps nobody waiting. */
  private async readAll(ctx: CallContext): Promise<number> {
    const wanting = await storesWithReadings(this.parts.database, this.parts.clock())
    const { stores } = await this.parts.stores.current()
    for (const store of stores)
      if (store.authorised && wanting.some((w) => w.store === store.id))
        this.apart.start(
          `read/${store.id}`,
          () => this.readOut(store, ctx),
          this.troubleOf('read', 'a reading was cut short'),
        )
    return 0
  }

  private async readOut(store: StoreRecord, ctx: CallContext): Promise<void> {
    while (!ctx.signal.aborted && (await this.commands.execute(new ReadCases(store, READINGS_A_TURN, ctx))) > 0);
  }

  /**
   * Each store for itself, as with readings. One without authorisation, too: what cannot be sent there for long must
   * come before a person.
   */
  private async performAll(ctx: CallContext): Promise<number> {
    const wanting = await storesWithEffects(this.parts.database)
    const { stores } = await this.parts.stores.current()
    for (const store of stores)
      if (wanting.some((w) => w.store === store.id))
        this.apart.start(
          `perform/${store.id}`,
          () => this.performOut(store, ctx),
          this.troubleOf('perform', 'actions were cut short'),
        )
    return 0
  }

  private async performOut(store: StoreRecord, ctx: CallContext): Promise<void> {
    while (!ctx.signal.aborted && (await this.commands.execute(new PerformActions(store, ACTIONS_A_TURN, ctx))) > 0);
  }

  /** Every authorised store for itself; a store that another worker pulls is left to it. */
  private async pullAll(ctx: CallContext): Promise<number> {
    const { stores } = await this.parts.stores.current()
    const trouble = this.troubleOf('pull', 'a pull was cut short')
    for (const store of stores)
      if (store.authorised) this.apart.start(`pull/${store.id}`, () => this.pullOne(store, ctx), trouble)
    return 0
  }

  private pullOne(store: StoreRecord, ctx: CallContext): Promise<boolean> {
    const { database, pace } = this.parts
    const lease = { name: `pull/${store.id}`, holder: this.holder, ms: PULL_LEASE_MS }
    return leases.whileHeld(database, lease, ctx.signal, async (signal) => {
      const next = (): Promise<number> =>
        this.commands.execute(new PullStore(store, pace.backfillMs, { ...ctx, signal }))
      // Whoever is days behind, after an outage, does not wait for the next time in between.
      while (!signal.aborted && (await next()) === WINDOWS_A_TURN);
    })
  }

  /** Until stopped, or until broker or database fail; a share that another worker publishes is left to it. */
  private async publish(publisher: Publisher): Promise<number> {
    await publisher.publish(this.stopping.signal)
    return 0
  }

  /** Until stopped, or until the brokers fail; what is read is shared among the workers. */
  private async hear(adapters: Adapters): Promise<number> {
    await adapters.hear(this.stopping.signal)
    return 0
  }

  /** Whatever is left over waits for the next hour: nothing is asked for meanwhile that is not there. */
  private async sweep(): Promise<number> {
    await this.commands.execute(new SweepEvidence())
    return 0
  }

  private async listenAll(ctx: CallContext): Promise<number> {
    const { stores, lineUp, listening } = this.parts
    const { apps } = await stores.current()
    const trouble = this.troubleOf('listen', 'a standing connection ended')
    for (const app of apps) {
      const connector = lineUp.find((c) => c.marketplace === app.marketplace)
      if (connector !== undefined)
        this.apart.start(`listen/${app.id}`, () => listening.stand(app, connector, ctx), trouble)
    }
    return 0
  }

  private troubleOf(loop: string, what: string): (error: unknown) => void {
    return (error) => {
      if (this.stopping.signal.aborted) return
      this.parts.turns?.failed(loop)
      this.parts.journal.trouble(what, error)
    }
  }
}

import { randomUUID } from 'node:crypto'
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common'
import type { CommandBus } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Clock, Journal, LineUp, Listening, StoreRecord, Stores } from '#case-handling'
import { FireDeadlines, PullStore, ReadCases, ReceiveMessages, turn } from '#case-handling'
import type { Surroundings } from '#connectors'
import { slidingPace } from '#connectors'
import type { Bell, Bells } from '#event-store'
import { leases } from '#event-store'

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
  readonly pace: WorkerPace
}

const PULL_LEASE_MS = 20_000
const READINGS_A_TURN = 64

/** Starts the loops with the process and ends them with it; what is under way is finished first. */
export class Loops implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID()
  private readonly stopping = new AbortController()
  private running: Promise<void>[] = []

  constructor(
    private readonly commands: CommandBus,
    private readonly parts: LoopParts,
  ) {}

  onApplicationBootstrap(): void {
    const { pace } = this.parts
    const around = { now: this.parts.clock, signal: this.stopping.signal, pace: slidingPace() }
    const receive = (): Promise<number> => this.commands.execute(new ReceiveMessages(pace.batch))
    this.running = [
      ...Array.from({ length: pace.lanes }, () => this.loop('receive', receive, 1_000, 'shouhou_pending')),
      this.loop('fire', () => this.commands.execute(new FireDeadlines(pace.batch)), 250),
      this.loop('read', () => this.commands.execute(new ReadCases(READINGS_A_TURN, around)), 1_000, 'shouhou_reading'),
      this.loop('pull', () => this.pullAll(around), pace.pullEveryMs),
      this.loop('listen', () => this.listenAll(around), 2_000),
    ]
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('stopping'))
    await Promise.all(this.running)
  }

  private loop(name: string, body: () => Promise<number>, idleMs: number, bell?: Bell): Promise<void> {
    const { bells, journal } = this.parts
    return turn(body, { name, idleMs, signal: this.stopping.signal, bells, journal, ...(bell === undefined ? {} : { bell }) })
  }

  /** Every authorised store, side by side; a store that another worker pulls is left to it. */
  private async pullAll(around: Surroundings): Promise<number> {
    const { stores } = await this.parts.stores.current()
    await Promise.allSettled(stores.filter((s) => s.authorised).map((store) => this.pullOne(store, around)))
    return 0
  }

  private async pullOne(store: StoreRecord, around: Surroundings): Promise<void> {
    const { database, pace, journal } = this.parts
    const lease = { name: `pull/${store.id}`, holder: this.holder, ms: PULL_LEASE_MS }
    await leases
      .whileHeld(database, lease, around.signal, async (signal) => {
        await this.commands.execute(new PullStore(store, pace.backfillMs, { ...around, signal }))
      })
      .catch((error: unknown) => around.signal.aborted || journal.trouble('a pull was cut short', error))
  }

  private async listenAll(around: Surroundings): Promise<number> {
    const { stores, lineUp, listening, journal } = this.parts
    const { apps } = await stores.current()
    await Promise.allSettled(
      apps.map(async (app) => {
        const connector = lineUp.find((c) => c.marketplace === app.marketplace)
        if (connector !== undefined)
          await listening
            .stand(app, connector, around)
            .catch((error: unknown) => around.signal.aborted || journal.trouble('a standing connection ended', error))
      }),
    )
    return 0
  }
}

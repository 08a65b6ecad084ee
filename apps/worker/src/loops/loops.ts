import { setMaxListeners } from 'node:events'
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common'
import { Inject, Injectable, Optional } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { EveryOrganisation } from '#access'
import { FollowCases } from '#analytics'
import type { Clock, Journal } from '#case-handling'
import {
  AdvanceBatches,
  CarryOutErasures,
  CarryOutErasuresHandler,
  FireDeadlines,
  ReceiveMessages,
  RejudgeOpenCases,
  SweepEvidence,
  SweepEvidenceHandler,
  runLoop,
} from '#case-handling'
import { slidingWindowLimiter } from '#connectors'
import type { WakeUpChannel } from '#event-store'
import { WakeUps } from '#event-store'
import type { Publisher } from '#messaging'
import type { LoopMetrics } from '#runtime'
import { CLOCK, JOURNAL, LoopWatchdog } from '#runtime'
import type { Adapters } from '../kafka/adapters'
import type { WorkerPace } from './pace'
import { StoreWork } from './store-work'
import { ADAPTERS, LOOP_METRICS, PACE, PUBLISHERS } from '../tokens'

/** No statement may take longer than a minute, so a run that takes two minutes is stuck. */
const LONGEST_TURN_MS = 120_000
/** How long a small batch waits for more messages: hardly noticeable, and under load it saves most transactions. */
const GATHER_MS = 15
/** How long a small roll-up waits for more changes. Figures may lag this much; rolling up more often would cost more. */
const ROLL_UP_MS = 1_000
/** Evidence that is deleted an hour late does no harm. */
const SWEEP_EVERY_MS = 3_600_000

/** Requests are rare, and begin a few seconds later without harm. */
const ERASE_EVERY_MS = 5_000
const ERASE_TURN_MS = 30_000

/** Starts the loops with the process and stops them with it; what is in progress is finished first. */
@Injectable()
export class Loops implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController()
  private running: Promise<void>[] = []
  /** Whether more messages were pending than one batch takes. */
  private backlog = false

  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(StoreWork) private readonly stores: StoreWork,
    @Inject(WakeUps) private readonly wakeUps: WakeUps,
    @Inject(EveryOrganisation) private readonly organisations: EveryOrganisation,
    @Inject(LoopWatchdog) private readonly watchdog: LoopWatchdog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(PACE) private readonly pace: WorkerPace,
    @Inject(PUBLISHERS) private readonly publishers: readonly Publisher[],
    @Inject(FollowCases) private readonly analytics: FollowCases,
    @Inject(ADAPTERS) private readonly adapters: Adapters | undefined,
    @Inject(LOOP_METRICS) private readonly loopMetrics: LoopMetrics | undefined,
    @Optional() @Inject(SweepEvidenceHandler) private readonly sweeping?: SweepEvidenceHandler,
    @Optional() @Inject(CarryOutErasuresHandler) private readonly erasing?: CarryOutErasuresHandler,
  ) {}

  onApplicationBootstrap(): void {
    const { adapters, pace, stores } = this
    // Every wait of every loop listens to this signal; Node would warn of a leak at eleven.
    setMaxListeners(0, this.stopping.signal)
    const publishing = adapters === undefined ? {} : { adapterPublisher: adapters.adapterPublisher }
    const ctx = { now: this.clock, signal: this.stopping.signal, rateLimiter: slidingWindowLimiter(), ...publishing }
    this.running = [
      this.loop('receive', () => this.receive(), 1_000, 'shouhou_pending'),
      ...Array.from({ length: pace.lanes - 1 }, () =>
        this.loop('receive beside', () => this.receiveBacklog(), GATHER_MS),
      ),
      this.loop('fire', () => this.commands.execute(new FireDeadlines(pace.batch)), 250),
      this.loop('look again', () => this.commands.execute(new RejudgeOpenCases()), 250),
      this.loop('batches', () => this.commands.execute(new AdvanceBatches()), 1_000, 'shouhou_batch'),
      this.loop('read', () => stores.readAll(ctx), 1_000, 'shouhou_reading'),
      this.loop('perform', () => stores.performAll(ctx), 1_000, 'shouhou_effect'),
      this.loop('pull', () => stores.pullAll(ctx), pace.pullEveryMs),
      this.loop('listen', () => stores.listenAll(ctx), 1_000),
      this.loop('roll up', () => this.rollUp(), 1_000, 'shouhou_outgoing'),
      ...(this.sweeping === undefined
        ? []
        : [this.loop('sweep', () => this.sweep(), SWEEP_EVERY_MS, undefined, SWEEP_EVERY_MS)]),
      ...(this.erasing === undefined ? [] : [this.loop('erase', () => this.erase(), ERASE_EVERY_MS)]),
      ...this.publishers.map((publisher) =>
        this.loop('publish', () => this.publish(publisher), 1_000, undefined, Infinity),
      ),
      ...(adapters === undefined ? [] : [this.loop('hear', () => this.hear(adapters), 1_000, undefined, Infinity)]),
    ]
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('stopping'))
    await Promise.all(this.running)
    await this.stores.finished()
    await this.adapters?.close()
  }

  private loop(
    name: string,
    body: () => Promise<number>,
    idleMs: number,
    channel?: WakeUpChannel,
    longestMs = LONGEST_TURN_MS,
  ): Promise<void> {
    const { wakeUps, journal } = this
    const forAll = (): Promise<number> => this.organisations.during(body)
    const counted = this.loopMetrics?.measure(name, forAll) ?? forAll
    return runLoop(this.watchdog.watch(name, longestMs, counted), {
      name,
      idleMs,
      signal: this.stopping.signal,
      wakeUps,
      journal,
      ...(channel === undefined ? {} : { channel }),
    })
  }

  /** After a small batch it waits for more messages: a transaction costs the same for one as for fifty. */
  private async receive(): Promise<number> {
    const claimed = await this.commands.execute(new ReceiveMessages(this.pace.batch))
    this.backlog = claimed === this.pace.batch
    if (claimed > 0 && !this.backlog) await this.wakeUps.wait(undefined, GATHER_MS, this.stopping.signal)
    return claimed
  }

  /** The other lanes work only while one batch does not take everything. */
  private receiveBacklog(): Promise<number> {
    return this.backlog ? this.commands.execute(new ReceiveMessages(this.pace.batch)) : Promise.resolve(0)
  }

  /**
   * Changes that come one by one are gathered: a transaction costs the same for one as for fifty. After a full batch it rests
   * for as long as that took: figures may lag under load, what people wait for may not.
   */
  private async rollUp(): Promise<number> {
    const from = performance.now()
    const changed = await this.analytics.next(this.clock())
    const restMs = changed < this.analytics.batch ? ROLL_UP_MS : Math.min(ROLL_UP_MS, performance.now() - from)
    if (changed > 0) await this.wakeUps.wait(undefined, restMs, this.stopping.signal)
    return changed
  }

  /** Runs until stopped or until broker or database fail. A share that another worker publishes is left to it. */
  private async publish(publisher: Publisher): Promise<number> {
    await publisher.publish(this.stopping.signal)
    return 0
  }

  /** Runs until stopped or until the brokers fail. Kafka shares the partitions among the workers. */
  private async hear(adapters: Adapters): Promise<number> {
    await adapters.consumeReports(this.stopping.signal)
    return 0
  }

  /** For a while; the next turn goes on where this one stopped. Returns 0: what waits for its case waits for the next turn. */
  private async erase(): Promise<number> {
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(ERASE_TURN_MS)])
    await this.commands.execute(new CarryOutErasures(signal))
    return 0
  }

  /** Returns 0, so that the loop waits an hour even if something was deleted. */
  private async sweep(): Promise<number> {
    await this.commands.execute(new SweepEvidence())
    return 0
  }
}

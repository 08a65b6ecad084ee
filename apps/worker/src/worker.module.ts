import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { CommandBus, CqrsModule } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase, TermsOfTrade } from '#after-sale'
import type { Clock, EvidenceStore, HostEvidence, Journal, LineUp, Sealing, Stores } from '#case-handling'
import {
  ActionOrders,
  CaseWriter,
  FireDeadlinesHandler,
  RejudgeOpenCasesHandler,
  Intake,
  JudgeCases,
  Listening,
  PerformActionsHandler,
  PullStoreHandler,
  ReadCasesHandler,
  ReceiveMessagesHandler,
  Sessions,
  StrategiesInForce,
  SweepEvidenceHandler,
  Understanding,
  wayOf,
} from '#case-handling'
import type { Bells, Projection } from '#event-store'
import { MicroBatch } from '#event-store'
import type { Publisher } from '#messaging'
import type { LoopMetrics, Tracing } from '#runtime'
import { Pulse } from '#runtime'
import type { Adapters } from './adapters'
import type { WorkerPace } from './loops'
import { Loops } from './loops'
import { acceptedBy, receivedBy } from './traces'

export interface WorkerParts {
  readonly database: DataSource
  readonly bells: Bells
  readonly lineUp: LineUp
  readonly stores: Stores
  readonly sealing: Sealing
  readonly clock: Clock
  readonly journal: Journal
  readonly projections: readonly Projection<AfterSaleCase>[]
  readonly terms?: TermsOfTrade
  /** Where evidence lies; absent: none is swept. */
  readonly evidence?: EvidenceStore
  /** Where marketplaces fetch it; absent: nowhere, and what needs an address is refused before it is sent. */
  readonly hostEvidence?: HostEvidence | undefined
  readonly publishers?: readonly Publisher[]
  /** Those who speak to marketplaces for us; absent: there are none to be reached. */
  readonly adapters?: Adapters | undefined
  /** Where it is seen whether the loops turn. */
  readonly pulse?: Pulse
  readonly turns?: LoopMetrics | undefined
  /** Where messages are followed; absent: nowhere. */
  readonly tracing?: Tracing | undefined
  readonly pace: WorkerPace
}

const INTAKE_LIMITS = { writers: 1, rows: 500, waiting: 50_000 }

/** Everything that happens without a person asking: receive, fire, read, pull, listen, perform. Each loop executes commands. */
@Module({})
export class WorkerModule {
  static of(parts: WorkerParts): DynamicModule {
    const {
      database,
      bells,
      lineUp,
      stores,
      sealing,
      clock,
      journal,
      projections,
      terms,
      evidence,
      hostEvidence,
      pace,
      publishers = [],
      adapters,
      pulse = new Pulse(),
      turns,
      tracing,
    } = parts
    const intake = new Intake(new MicroBatch(acceptedBy(database, tracing), INTAKE_LIMITS), stores, sealing, clock)
    const inForce = new StrategiesInForce(journal)
    const judging = new JudgeCases(inForce, wayOf(lineUp))
    const orders = new ActionOrders(sealing)
    const writer = new CaseWriter(projections, terms, judging, orders)
    const sessions = new Sessions(database, stores)
    const understanding = new Understanding(lineUp, stores, sealing)
    const listening = new Listening(database, stores, intake, clock, journal)
    const handlers = [
      new ReceiveMessagesHandler(database, understanding, writer, clock, journal, receivedBy(database, tracing)),
      new FireDeadlinesHandler(database, writer, clock, journal),
      new RejudgeOpenCasesHandler(database),
      new ReadCasesHandler(database, lineUp, sessions, intake, clock, journal),
      new PullStoreHandler(database, lineUp, sessions, intake, clock, journal),
      new PerformActionsHandler(database, lineUp, sessions, writer, orders, clock, journal, hostEvidence),
      ...(evidence === undefined ? [] : [new SweepEvidenceHandler(database, evidence, inForce.termsOf, clock)]),
    ]
    return {
      module: WorkerModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        ...handlers.map((handler) => ({ provide: handler.constructor, useFactory: () => handler })),
        {
          provide: Loops,
          inject: [CommandBus],
          useFactory: (commands: CommandBus) =>
            new Loops(commands, {
              database,
              bells,
              lineUp,
              stores,
              clock,
              journal,
              listening,
              sweeps: evidence !== undefined,
              pace,
              publishers,
              adapters,
              pulse,
              turns,
            }),
        },
      ],
    }
  }
}

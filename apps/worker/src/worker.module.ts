import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { EveryOrganisation, buyerOpeningOf, messageSealingOf } from '#access'
import { FollowCases } from '#analytics'
import type { Clock, EvidenceStore, HostEvidence, LineUp } from '#case-handling'
import {
  CarryOutErasuresHandler,
  CaseWriter,
  MessageInterpreter,
  StrategiesInForce,
  SweepEvidenceHandler,
} from '#case-handling'
import type { Runtime } from '#runtime'
import { eraseNotes } from '#teamwork'
import { CLOCK, JOURNAL, METRICS, LoopWatchdog, RuntimeModule, VAULT, provide, provideBy } from '#runtime'
import { HANDLERS } from './handlers'
import { KAFKA_PROVIDERS } from './kafka/kafka.providers'
import type { KafkaSettings } from './kafka/kafka.settings'
import type { WorkerPace } from './loops/pace'
import { Loops } from './loops/loops'
import { showWorker } from './loops/metrics'
import { StoreWork } from './loops/store-work'
import { ADAPTERS, HOST_EVIDENCE, KAFKA, LINE_UP, LOOP_METRICS, PACE, PUBLISHERS } from './tokens'

export interface WorkerOptions {
  readonly lineUp: LineUp
  readonly pace: WorkerPace
  /** The evidence that is swept and erased; absent: none, and no buyer is erased. */
  readonly evidence?: EvidenceStore | undefined
  /** Where marketplaces fetch evidence; absent: what needs a link is refused before it is sent. */
  readonly hostEvidence?: HostEvidence | undefined
  readonly kafka?: KafkaSettings | undefined
  /** Shared with the console where both run in one process. */
  readonly strategies?: StrategiesInForce | undefined
}

/** Everything that happens without a person requesting it: receive, fire, read, pull, listen, perform. Each loop executes commands. */
@Module({
  imports: [CqrsModule.forRoot()],
  providers: [
    ...HANDLERS,
    ...KAFKA_PROVIDERS,
    provideBy(LOOP_METRICS, showWorker, METRICS, DataSource, CLOCK, PUBLISHERS, ADAPTERS, EveryOrganisation),
    provide(EveryOrganisation, DataSource),
    provideBy(FollowCases, (database: DataSource) => new FollowCases(database), DataSource),
    LoopWatchdog,
    StoreWork,
    Loops,
  ],
})
export class WorkerModule {
  static forRoot(runtime: Runtime, options: WorkerOptions): DynamicModule {
    const { lineUp, pace, evidence, hostEvidence, kafka, strategies } = options
    return {
      module: WorkerModule,
      imports: [RuntimeModule.forRoot(runtime)],
      providers: [
        { provide: LINE_UP, useValue: lineUp },
        { provide: PACE, useValue: pace },
        { provide: HOST_EVIDENCE, useValue: hostEvidence },
        { provide: KAFKA, useValue: kafka },
        provideBy(StrategiesInForce, (journal) => strategies ?? new StrategiesInForce(journal), JOURNAL),
        ...(evidence === undefined ? [] : [provideEvidenceSweeper(evidence), provideEraser(evidence)]),
      ],
    }
  }
}

/** Where the files of evidence are out of reach, another worker erases: files must not be left behind. */
const provideEraser = (evidence: EvidenceStore) =>
  provideBy(
    CarryOutErasuresHandler,
    (database: DataSource, writer: CaseWriter, interpreter: MessageInterpreter, vault: Vault, clock: Clock) =>
      new CarryOutErasuresHandler({
        ...{ database, writer, interpreter, evidence, eraseNotes, clock },
        sealing: { ...messageSealingOf(vault), ...buyerOpeningOf(vault) },
      }),
    DataSource,
    CaseWriter,
    MessageInterpreter,
    VAULT,
    CLOCK,
  )

const provideEvidenceSweeper = (evidence: EvidenceStore) =>
  provideBy(
    SweepEvidenceHandler,
    (database: DataSource, inForce: StrategiesInForce, clock: Clock) =>
      new SweepEvidenceHandler(database, evidence, inForce.termsOf, clock),
    DataSource,
    StrategiesInForce,
    CLOCK,
  )

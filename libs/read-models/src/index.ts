import type { AfterSaleCase } from '#after-sale'
import type { Projection } from '#event-store'
import { appealCandidates } from './appeals/candidates'
import { AppealCandidates1700000000043 } from './appeals/migration'
import { appealResults } from './appeals/projection'
import { StoreAppealsHandler } from './appeals/store-appeals'
import { CaseDetailsHandler } from './case-file/case-file'
import { SharedParcels1700000000023 } from './case-file/migration'
import { sharedParcels } from './case-file/projection'
import { CaseSearch1700000000013 } from './case-search/migration'
import { caseSearch } from './case-search/projection'
import { CaseSearchHandler } from './case-search/search'
import { CaseEvidenceHandler } from './evidence/case-evidence'
import { EvidenceWanted1700000000053 } from './evidence/migration'
import { EvidenceWantedHandler } from './evidence/wanted'
import { evidenceWanted } from './evidence/projection'
import { FreightToCheckHandler } from './judgement/freight-to-check'
import { JudgementHandler } from './judgement/judgement'
import { SubjectHandler } from './judgement/subject'
import { QueueCountsHandler } from './operator-queue/counts'
import {
  OperatorQueue1700000000003,
  QueueByLane1700000000063,
  QueueOverall1700000000073,
} from './operator-queue/migration'
import { QueueRefunded1700000000110 } from './operator-queue/refunded-migration'
import { QueuePageHandler } from './operator-queue/page'
import { operatorQueue } from './operator-queue/projection'
import { PendingHandler, QuarantinedHandler, QuarantineHandler } from './quarantine/quarantine'
import { SealedMessageHandler } from './quarantine/raw-message'
import { StoreFreshnessHandler } from './store-freshness/store-freshness'
import { StrategyGrantsHandler } from './strategies/grants'
import {
  ShadowHandler,
  StoreTermsHandler,
  StrategiesHandler,
  StrategyHandler,
  TrialHandler,
} from './strategies/strategies'
import { SealedOrderHandler } from './tasks/action-order'
import { Tasks1700000000033 } from './tasks/migration'
import { tasksOn } from './tasks/projection'
import { TasksHandler } from './tasks/tasks'
import { TimelineHandler } from './timeline/timeline'

export * from './appeals/store-appeals'
export * from './case-file/case-file'
export * from './case-search/search'
export { BadCursor } from './cursor'
export * from './evidence/case-evidence'
export * from './evidence/wanted'
export { deploymentStatus } from './deployment-status/deployment-status'
export type { DeploymentStatus } from './deployment-status/deployment-status'
export * from './judgement/judgement'
export { FreightToCheckQuery } from './judgement/freight-to-check'
export { SubjectQuery } from './judgement/subject'
export { COMPARABLE_ROWS_SQL } from './rebuild/comparable-rows'
export * from './operator-queue/counts'
export { kindNumberOf, laneOf } from './operator-queue/lanes'
export { QueuePageHandler, QueuePageQuery, type Page, type QueueFilter } from './operator-queue/page'
export type { QueueItem } from './operator-queue/queue-item'
export { NEVER } from './operator-queue/queue-row'
export * from './quarantine/quarantine'
export * from './quarantine/raw-message'
export { rebuildReadModels } from './rebuild/rebuild'
export * from './store-freshness/store-freshness'
export * from './strategies/grants'
export * from './strategies/strategies'
export * from './tasks/action-order'
export * from './tasks/tasks'
export * from './timeline/timeline'

export const READ_MODEL_MIGRATIONS = [
  OperatorQueue1700000000003,
  CaseSearch1700000000013,
  SharedParcels1700000000023,
  Tasks1700000000033,
  AppealCandidates1700000000043,
  EvidenceWanted1700000000053,
  QueueByLane1700000000063,
  QueueOverall1700000000073,
  QueueRefunded1700000000110,
]

/** Everything that is kept in step with the cases, in the transaction that changes them. */
export const projections: readonly Projection<AfterSaleCase>[] = [
  operatorQueue,
  caseSearch,
  sharedParcels,
  tasksOn(),
  appealResults,
  appealCandidates,
  evidenceWanted,
]

/** Who answers the questions; each needs the `DataSource`. */
export const QUESTION_HANDLERS = [
  QueuePageHandler,
  QueueCountsHandler,
  CaseSearchHandler,
  CaseDetailsHandler,
  TimelineHandler,
  QuarantineHandler,
  QuarantinedHandler,
  PendingHandler,
  SealedMessageHandler,
  StoreFreshnessHandler,
  StrategiesHandler,
  StrategyHandler,
  StrategyGrantsHandler,
  TrialHandler,
  StoreTermsHandler,
  ShadowHandler,
  TasksHandler,
  SealedOrderHandler,
  JudgementHandler,
  SubjectHandler,
  FreightToCheckHandler,
  StoreAppealsHandler,
  CaseEvidenceHandler,
  EvidenceWantedHandler,
]

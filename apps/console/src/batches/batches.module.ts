import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { batchSealingOf } from '#access'
import type { Clock } from '#case-handling'
import {
  ActionOrders,
  ActionWriting,
  CaseWriter,
  FreezeBatchHandler,
  RecallBatchHandler,
  RetryBatchHandler,
  StartBatchHandler,
  StrategiesInForce,
  requirementsOf,
  wayOf,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { CLOCK, VAULT, provide, provideBy } from '#runtime'
import { CaseWritingModule } from '../core/case-writing.module'
import { UNDO_MS } from '../tokens'
import { BatchOffers } from './batch-offers'
import { BatchScope } from './batch-scope'
import { BatchesController } from './batches.controller'

const actionWriting = (writer: CaseWriter, inForce: StrategiesInForce, orders: ActionOrders): ActionWriting =>
  new ActionWriting(writer, inForce.termsOf, wayOf(MARKETPLACES), orders, requirementsOf(MARKETPLACES))

const freezeBatch = (database: DataSource, writing: ActionWriting, vault: Vault, clock: Clock): FreezeBatchHandler =>
  new FreezeBatchHandler(database, writing, wayOf(MARKETPLACES), batchSealingOf(vault), clock)

const retryBatch = (database: DataSource, freezing: FreezeBatchHandler, vault: Vault): RetryBatchHandler =>
  new RetryBatchHandler(database, freezing, batchSealingOf(vault))

@Module({
  imports: [CaseWritingModule],
  controllers: [BatchesController],
  providers: [
    BatchScope,
    BatchOffers,
    provideBy(ActionWriting, actionWriting, CaseWriter, StrategiesInForce, ActionOrders),
    provideBy(FreezeBatchHandler, freezeBatch, DataSource, ActionWriting, VAULT, CLOCK),
    provideBy(RetryBatchHandler, retryBatch, DataSource, FreezeBatchHandler, VAULT),
    provide(StartBatchHandler, DataSource, CLOCK, UNDO_MS),
    provide(RecallBatchHandler, DataSource, CLOCK),
  ],
})
export class BatchesModule {}

import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { confirmationSigningOf } from '#access'
import type { Clock, Journal } from '#case-handling'
import {
  ActOnCasesHandler,
  ActionOrders,
  CaseWriter,
  Confirmations,
  ResolveActionHandler,
  StrategiesInForce,
  requirementsOf,
  wayOf,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { CLOCK, JOURNAL, VAULT, provide, provideBy } from '#runtime'
import { CaseWritingModule } from '../core/case-writing.module'
import { ActionRights } from './action-rights'
import { ActionsController } from './actions.controller'
import { StoppedStores } from './stopped-stores'
import { UNDO_MS } from '../tokens'

const actOnCases = (
  database: DataSource,
  writer: CaseWriter,
  inForce: StrategiesInForce,
  clock: Clock,
  journal: Journal,
  orders: ActionOrders,
  confirmations: Confirmations,
  undoMs: number,
): ActOnCasesHandler =>
  new ActOnCasesHandler(
    database,
    writer,
    inForce.termsOf,
    wayOf(MARKETPLACES),
    clock,
    journal,
    orders,
    confirmations,
    requirementsOf(MARKETPLACES),
    undoMs,
  )

@Module({
  imports: [CaseWritingModule],
  controllers: [ActionsController],
  providers: [
    provideBy(Confirmations, (vault: Vault) => new Confirmations(confirmationSigningOf(vault)), VAULT),
    provideBy(
      ActOnCasesHandler,
      actOnCases,
      DataSource,
      CaseWriter,
      StrategiesInForce,
      CLOCK,
      JOURNAL,
      ActionOrders,
      Confirmations,
      UNDO_MS,
    ),
    ActionRights,
    StoppedStores,
    provide(ResolveActionHandler, DataSource, CaseWriter, CLOCK),
  ],
})
export class ActionsModule {}

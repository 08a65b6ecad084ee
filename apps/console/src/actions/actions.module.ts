import { Module } from '@nestjs/common'
import { confirmationSigningOf } from '#access'
import {
  ActOnCasesHandler,
  ActionOrders,
  CaseWriter,
  Confirmations,
  ResolveActionHandler,
  StrategiesInForce,
  observancesOf,
  wayOf,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { CaseWritingModule } from '../core/case-writing.module'
import { consoleJournal } from '../core/journal'
import { PARTS, type ConsoleParts } from '../parts'
import { ActionsController } from './actions.controller'

@Module({
  imports: [CaseWritingModule],
  controllers: [ActionsController],
  providers: [
    {
      provide: ActOnCasesHandler,
      useFactory: (
        { database, vault, clock }: ConsoleParts,
        writer: CaseWriter,
        inForce: StrategiesInForce,
        orders: ActionOrders,
      ) =>
        new ActOnCasesHandler(
          database,
          writer,
          inForce.termsOf,
          wayOf(MARKETPLACES),
          clock,
          consoleJournal(),
          orders,
          new Confirmations(confirmationSigningOf(vault)),
          observancesOf(MARKETPLACES),
        ),
      inject: [PARTS, CaseWriter, StrategiesInForce, ActionOrders],
    },
    {
      provide: ResolveActionHandler,
      useFactory: ({ database, clock }: ConsoleParts, writer: CaseWriter) =>
        new ResolveActionHandler(database, writer, clock),
      inject: [PARTS, CaseWriter],
    },
  ],
})
export class ActionsModule {}

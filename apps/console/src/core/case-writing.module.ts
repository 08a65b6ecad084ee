import { Module } from '@nestjs/common'
import { sealingOf } from '#access'
import { ActionOrders, CaseWriter, JudgeCases, StrategiesInForce, wayOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { projections } from '#read-models'
import { PARTS, type ConsoleParts } from '../parts'
import { consoleJournal } from './journal'

/** How the console writes cases. Nothing is sent from here: the worker does that, once. */
@Module({
  providers: [
    { provide: StrategiesInForce, useFactory: () => new StrategiesInForce(consoleJournal()) },
    {
      provide: ActionOrders,
      useFactory: ({ vault }: ConsoleParts) => new ActionOrders(sealingOf(vault)),
      inject: [PARTS],
    },
    {
      provide: CaseWriter,
      // A strategy may be waiting for what a person does here, e.g. a fact, so every write is judged.
      useFactory: (inForce: StrategiesInForce, orders: ActionOrders) =>
        new CaseWriter(projections, undefined, new JudgeCases(inForce, wayOf(MARKETPLACES)), orders),
      inject: [StrategiesInForce, ActionOrders],
    },
  ],
  exports: [StrategiesInForce, ActionOrders, CaseWriter],
})
export class CaseWritingModule {}

import { Module } from '@nestjs/common'
import { ActionOrders, CaseWriter, StrategyJudge, StrategiesInForce, wayOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { projections } from '#read-models'
import { SEALING, provide, provideBy } from '#runtime'

// A strategy may be waiting for what a person does here, e.g. a fact, so every write is judged.
const caseWriter = (inForce: StrategiesInForce, orders: ActionOrders): CaseWriter =>
  new CaseWriter(projections, undefined, new StrategyJudge(inForce, wayOf(MARKETPLACES)), orders)

/** What the console needs to write cases. It sends nothing to marketplaces: the worker does, at most once. */
@Module({
  providers: [provide(ActionOrders, SEALING), provideBy(CaseWriter, caseWriter, StrategiesInForce, ActionOrders)],
  exports: [ActionOrders, CaseWriter],
})
export class CaseWritingModule {}

import type { Provider } from '@nestjs/common'
import { confirmationSigningOf, sealingOf } from '#access'
import {
  ActOnCasesHandler,
  ActionOrders,
  CaseWriter,
  Confirmations,
  JudgeCases,
  JudgeEvidenceHandler,
  KeepEvidenceHandler,
  ReportAppealResultHandler,
  ResolveActionHandler,
  StrategiesInForce,
  SubmitFactsHandler,
  observancesOf,
  wayOf,
} from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { projections } from '#read-models'
import { consoleJournal } from '../core/journal'
import type { ConsoleParts } from '../parts'

/** Who writes down what people decide. Nothing is sent from here: the worker does it, once. */
export function actionHandlers({ database, vault, clock, evidence }: ConsoleParts): Provider[] {
  const journal = consoleJournal()
  const inForce = new StrategiesInForce(journal)
  // What people do may be what a strategy waits for: the warehouse's word, a fact.
  const orders = new ActionOrders(sealingOf(vault))
  const confirmations = new Confirmations(confirmationSigningOf(vault))
  const judging = new JudgeCases(inForce, wayOf(MARKETPLACES))
  const writer = new CaseWriter(projections, undefined, judging, orders)
  const handlers = [
    new ActOnCasesHandler(
      database,
      writer,
      inForce.termsOf,
      wayOf(MARKETPLACES),
      clock,
      journal,
      orders,
      confirmations,
      observancesOf(MARKETPLACES),
    ),
    new ResolveActionHandler(database, writer, clock),
    new SubmitFactsHandler(database, writer, clock),
    new ReportAppealResultHandler(database, writer, clock),
    new JudgeEvidenceHandler(database, clock),
    ...(evidence === undefined ? [] : [new KeepEvidenceHandler(database, evidence, inForce.termsOf, clock)]),
  ]
  return handlers.map((handler) => ({ provide: handler.constructor, useFactory: () => handler }))
}

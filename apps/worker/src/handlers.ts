import type { Provider } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { Directory, appendAudit, batchRightsOf, batchSealingOf } from '#access'
import {
  ActionOrders,
  ActionWriting,
  AdvanceBatchesHandler,
  CaseWriter,
  FireDeadlinesHandler,
  Intake,
  StrategyJudge,
  PushConnection,
  PerformActionsHandler,
  PullStoreHandler,
  ReadCasesHandler,
  RecallStep,
  ReceiveMessagesHandler,
  RejudgeOpenCasesHandler,
  RequestStep,
  Sessions,
  StrategiesInForce,
  MessageInterpreter,
  requirementsOf,
  wayOf,
} from '#case-handling'
import type { BatchAudit, Clock, Journal, LineUp } from '#case-handling'
import type { NewMessage } from '#event-store'
import { MicroBatch } from '#event-store'
import { projections } from '#read-models'
import type { Tracing } from '#runtime'
import { CLOCK, JOURNAL, SEALING, TRACING, VAULT, provide, provideBy } from '#runtime'
import { HOST_EVIDENCE, LINE_UP } from './tokens'
import { acceptWithTraces, receiveTracer } from './loops/traces'

/** `rows`: messages in one insert. `waiting`: messages in memory before more are refused. */
const INTAKE_LIMITS = { writers: 1, rows: 500, waiting: 50_000 }

const intakeBatch = (database: DataSource, tracing: Tracing | undefined): MicroBatch<NewMessage> =>
  new MicroBatch(acceptWithTraces(database, tracing), INTAKE_LIMITS)
const judgeCases = (inForce: StrategiesInForce, lineUp: LineUp): StrategyJudge =>
  new StrategyJudge(inForce, wayOf(lineUp))
const caseWriter = (judging: StrategyJudge, orders: ActionOrders): CaseWriter =>
  new CaseWriter(projections, undefined, judging, orders)
const receiveMessages = (
  database: DataSource,
  interpreter: MessageInterpreter,
  writer: CaseWriter,
  clock: Clock,
  journal: Journal,
  tracing: Tracing | undefined,
): ReceiveMessagesHandler =>
  new ReceiveMessagesHandler(database, interpreter, writer, clock, journal, receiveTracer(database, tracing))

/** Each action of a batch is in the audit as if its person had requested it alone. */
const batchAudit: BatchAudit = async (manager, entries) => {
  for (const { org, actor, action, caseId, details } of entries)
    await appendAudit(manager, { org, actor, action, subject: `case:${caseId}`, details }, Date.now())
}

const advanceBatches = (
  database: DataSource,
  writer: CaseWriter,
  inForce: StrategiesInForce,
  lineUp: LineUp,
  orders: ActionOrders,
  vault: Vault,
  directory: Directory,
  clock: Clock,
  journal: Journal,
): AdvanceBatchesHandler => {
  const writing = new ActionWriting(writer, inForce.termsOf, wayOf(lineUp), orders, requirementsOf(lineUp))
  const requesting = new RequestStep(writing, batchSealingOf(vault), directory, batchRightsOf, batchAudit, journal)
  return new AdvanceBatchesHandler(database, requesting, new RecallStep(writer, batchAudit), clock, journal)
}

/** The command handlers of the worker, and what they are built from. */
export const HANDLERS: readonly Provider[] = [
  provideBy(MicroBatch<NewMessage>, intakeBatch, DataSource, TRACING),
  provide(Intake, MicroBatch<NewMessage>, Directory, SEALING, CLOCK),
  provide(MessageInterpreter, LINE_UP, Directory, SEALING),
  provide(PushConnection, DataSource, Directory, Intake, CLOCK, JOURNAL),
  provide(Sessions, DataSource, Directory),
  provideBy(StrategyJudge, judgeCases, StrategiesInForce, LINE_UP),
  provide(ActionOrders, SEALING),
  provideBy(CaseWriter, caseWriter, StrategyJudge, ActionOrders),
  provideBy(
    ReceiveMessagesHandler,
    receiveMessages,
    DataSource,
    MessageInterpreter,
    CaseWriter,
    CLOCK,
    JOURNAL,
    TRACING,
  ),
  provide(FireDeadlinesHandler, DataSource, CaseWriter, CLOCK, JOURNAL),
  provide(RejudgeOpenCasesHandler, DataSource),
  provideBy(
    AdvanceBatchesHandler,
    advanceBatches,
    DataSource,
    CaseWriter,
    StrategiesInForce,
    LINE_UP,
    ActionOrders,
    VAULT,
    Directory,
    CLOCK,
    JOURNAL,
  ),
  provide(ReadCasesHandler, DataSource, LINE_UP, Sessions, Intake, CLOCK, JOURNAL),
  provide(PullStoreHandler, DataSource, LINE_UP, Sessions, Intake, CLOCK, JOURNAL),
  provide(
    PerformActionsHandler,
    DataSource,
    LINE_UP,
    Sessions,
    CaseWriter,
    ActionOrders,
    CLOCK,
    JOURNAL,
    HOST_EVIDENCE,
  ),
]

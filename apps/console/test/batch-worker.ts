import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { Directory, appendAudit, batchRightsOf, batchSealingOf, loadKeys, messageSealingOf, openVault } from '#access'
import type { BatchAudit } from '#case-handling'
import {
  ActionOrders,
  ActionWriting,
  AdvanceBatchesHandler,
  CaseWriter,
  RecallStep,
  RequestStep,
  StrategiesInForce,
  requirementsOf,
  wayOf,
} from '#case-handling'
import type { CaseCommand } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { projections } from '#read-models'
import { NOON } from './stack'

const quiet = { info: () => undefined, warn: () => undefined }

const audit: BatchAudit = async (manager, entries) => {
  for (const { org, actor, action, caseId, details } of entries)
    await appendAudit(manager, { org, actor, action, subject: `case:${caseId}`, details }, NOON)
}

/** A worker that only carries out batches, with its own connection pool and its own keys, as another process has them. */
export class BatchWorker {
  private constructor(
    private readonly handler: AdvanceBatchesHandler,
    private readonly writer: CaseWriter,
    private readonly database: DataSource,
    private readonly vault: Vault,
  ) {}

  /**
   * @param afterStep called in each step's transaction, as its last act
   * @param knowsKeys whether it has read the keys of the organisations
   */
  static async open(
    database: DataSource,
    casesPerStep = 100,
    afterStep?: () => Promise<void>,
    knowsKeys = true,
  ): Promise<BatchWorker> {
    const vault = openVault(Buffer.alloc(32, 7))
    if (knowsKeys) await loadKeys(database, vault)
    const orders = new ActionOrders(messageSealingOf(vault))
    const writer = new CaseWriter(projections, undefined, undefined, orders)
    const { termsOf } = new StrategiesInForce(quiet)
    const writing = new ActionWriting(writer, termsOf, wayOf(MARKETPLACES), orders, requirementsOf(MARKETPLACES))
    const auditing: BatchAudit = async (manager, entries) => {
      await audit(manager, entries)
      await afterStep?.()
    }
    const stores = new Directory(database, vault)
    const requesting = new RequestStep(writing, batchSealingOf(vault), stores, batchRightsOf, auditing, quiet)
    const recalling = new RecallStep(writer, auditing)
    const clock = (): number => NOON
    const handler = new AdvanceBatchesHandler(database, requesting, recalling, clock, quiet, casesPerStep)
    return new BatchWorker(handler, writer, database, vault)
  }

  async learnKeys(): Promise<void> {
    await loadKeys(this.database, this.vault)
  }

  step(): Promise<number> {
    return this.handler.execute()
  }

  async untilDone(): Promise<void> {
    while ((await this.step()) > 0);
  }

  /** What the marketplace answers to the action of one case. */
  async answer(
    caseId: string,
    intent: string,
    answer: { type: 'done' } | { type: 'refused'; code: string },
    text = '',
  ) {
    await this.database.query(
      `UPDATE effect SET state = 'ended', ended_as = $3, ended_text = $4 WHERE stream = $1 AND intent = $2`,
      [caseId, intent, answer.type, text],
    )
    const [effect] = await this.database.query<{ org: number; store: number }[]>(
      'SELECT org, store FROM effect WHERE stream = $1 AND intent = $2',
      [caseId, intent],
    )
    if (effect === undefined) throw new Error('there is no such action')
    const command: CaseCommand = {
      ...{ id: caseId, org: effect.org, store: effect.store, messageId: null },
      command: { type: 'RecordAnswer', intent, answer, sentAt: NOON, now: NOON },
    }
    await this.database.transaction((manager) => this.writer.write(manager, [command], NOON))
  }
}

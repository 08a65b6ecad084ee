import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Actor, AfterSaleCase, Appeal, RecordAppealResult, Refusal } from '#after-sale'
import { loadOwnStreams } from '#event-store'
import type { Clock } from '../ports'
import type { CaseWriter } from '../writing/write-cases'

/** What a person reports of one item of an appeal. */
export type ItemReport = Pick<RecordAppealResult, 'appeal' | 'kind' | 'result' | 'recovered' | 'decidedAt'>

export type ReportAnswer =
  | { readonly type: 'reported'; readonly appeal: Appeal }
  | { readonly type: 'refused'; readonly reason: Refusal; readonly rule?: string }

/** R084: a person reports how one item of an appeal ended. Returns the updated appeal, or why the report is refused. */
export class ReportAppealResult extends Command<ReportAnswer> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly caseId: string,
    readonly report: ItemReport,
  ) {
    super()
  }
}

@CommandHandler(ReportAppealResult)
export class ReportAppealResultHandler implements ICommandHandler<ReportAppealResult> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
  ) {}

  execute({ org, by, caseId, report }: ReportAppealResult): Promise<ReportAnswer> {
    return this.database.transaction(async (manager) => {
      const [row] = await loadOwnStreams<AfterSaleCase>(manager, org, [caseId])
      if (row === undefined) return { type: 'refused', reason: 'NoSuchCase' }
      const now = this.clock()
      const command = { type: 'RecordAppealResult', ...report, by, now } as const
      const [done] = await this.writer.write(
        manager,
        [{ id: row.id, org, store: row.store, messageId: null, command }],
        now,
        [row],
      )
      if (done?.refused !== undefined) {
        const { reason, rule } = done.refused
        return { type: 'refused', reason, ...(rule === undefined ? {} : { rule }) }
      }
      const appeal = done?.after?.appeals?.find(({ id }) => id === report.appeal)
      return appeal === undefined ? { type: 'refused', reason: 'NoSuchAppeal' } : { type: 'reported', appeal }
    })
  }
}

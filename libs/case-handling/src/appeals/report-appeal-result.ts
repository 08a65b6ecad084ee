import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Actor, AfterSaleCase, Appeal, RecordAppealResult, Refusal } from '#after-sale'
import { loadOwnStreams } from '#event-store'
import type { Clock } from '../ports'
import type { CaseWriter } from '../writing/case-writer'

/** What a person reports of one item of an appeal. */
export type AppealItemReport = Pick<RecordAppealResult, 'appeal' | 'kind' | 'result' | 'recovered' | 'decidedAt'>

export type AppealReportAnswer =
  | { readonly type: 'reported'; readonly appeal: Appeal }
  | { readonly type: 'refused'; readonly reason: Refusal; readonly rule?: string }

/** R084: a person reports how one item of an appeal ended. Returns the updated appeal, or why the report is refused. */
export class ReportAppealResult extends Command<AppealReportAnswer> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly caseId: string,
    readonly report: AppealItemReport,
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

  execute({ org, by, caseId, report }: ReportAppealResult): Promise<AppealReportAnswer> {
    return this.database.transaction(async (manager) => {
      const [row] = await loadOwnStreams<AfterSaleCase>(manager, org, [caseId])
      if (row === undefined) return { type: 'refused', reason: 'NoSuchCase' }
      const now = this.clock()
      const command = { type: 'RecordAppealResult', ...report, by, now } as const
      const [result] = await this.writer.write(
        manager,
        [{ id: row.id, org, store: row.store, messageId: null, command }],
        now,
        [row],
      )
      if (result?.refused !== undefined) {
        const { reason, rule } = result.refused
        return { type: 'refused', reason, ...(rule === undefined ? {} : { rule }) }
      }
      const appeal = result?.after?.appeals?.find(({ id }) => id === report.appeal)
      return appeal === undefined ? { type: 'refused', reason: 'NoSuchAppeal' } : { type: 'reported', appeal }
    })
  }
}

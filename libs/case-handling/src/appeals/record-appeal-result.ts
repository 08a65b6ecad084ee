import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Actor, AfterSaleCase, Appeal, RecordAppealResult, Refusal } from '#after-sale'
import { loadOwnStreams } from '#event-store'
import type { Clock } from '../ports'
import type { CaseWriter } from '../writing/case-writer'

/** What a person enters about one item of an appeal. */
export type AppealItemResultInput = Pick<RecordAppealResult, 'appeal' | 'kind' | 'result' | 'recovered' | 'decidedAt'>

export type AppealResultOutcome =
  | { readonly type: 'recorded'; readonly appeal: Appeal }
  | { readonly type: 'refused'; readonly reason: Refusal; readonly rule?: string }

/**
 * R084: a person records how one item of an appeal ended. Returns the updated appeal, or why the result is refused.
 * Unlike `ActOnCases` it takes no list of stores: its case is in the address of the request, so the console's access
 * guard has already checked its store. The cases of a batch are in the body, which the guard does not read.
 */
export class RecordAppealItemResult extends Command<AppealResultOutcome> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly caseId: string,
    readonly input: AppealItemResultInput,
  ) {
    super()
  }
}

@CommandHandler(RecordAppealItemResult)
export class RecordAppealItemResultHandler implements ICommandHandler<RecordAppealItemResult> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
  ) {}

  execute({ org, by, caseId, input }: RecordAppealItemResult): Promise<AppealResultOutcome> {
    return this.database.transaction(async (manager) => {
      const [row] = await loadOwnStreams<AfterSaleCase>(manager, org, [caseId])
      if (row === undefined) return { type: 'refused', reason: 'NoSuchCase' }
      const now = this.clock()
      const command = { type: 'RecordAppealResult', ...input, by, now } as const
      // The first result is that of our command; those of strategies follow. The types do not know that it is never absent.
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
      const appeal = result?.after?.appeals?.find(({ id }) => id === input.appeal)
      return appeal === undefined ? { type: 'refused', reason: 'NoSuchAppeal' } : { type: 'recorded', appeal }
    })
  }
}

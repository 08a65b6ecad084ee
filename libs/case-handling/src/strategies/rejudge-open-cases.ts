import type { ICommandHandler } from '@nestjs/cqrs'
import { Command, CommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { isFinal, turnOf } from '#after-sale'
import type { Rejudgement } from '#ledgers'
import { rejudgeOpenStreams } from '#ledgers'

/**
 * Has the next open cases of a store judged again, because what is in force there has changed. Returns how many were
 * visited.
 */
export class RejudgeOpenCases extends Command<number> {}

/** Cases that one step locks. */
const STEP = 500

/** Not done while arming: a store may have a million open cases, and the judging lock must be held briefly. */
@CommandHandler(RejudgeOpenCases)
export class RejudgeOpenCasesHandler implements ICommandHandler<RejudgeOpenCases> {
  constructor(
    private readonly database: DataSource,
    private readonly step = STEP,
  ) {}

  execute(): Promise<number> {
    return this.database.transaction((manager) => rejudgeOpenStreams(manager, 'JUDGE', rejudgementOf, this.step))
  }
}

/** Strategies judge where it is our turn; otherwise the case is judged when that changes. */
function rejudgementOf(afterSale: AfterSaleCase): Rejudgement {
  if (isFinal(afterSale)) return 'closed'
  return turnOf(afterSale) === 'us' ? 'judge' : 'leave'
}

import type { ICommandHandler } from '@nestjs/cqrs'
import { Command, CommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import { isFinal, turnOf } from '#after-sale'
import type { Rejudgement } from '#ledgers'
import { rejudgeOpenStreams } from '#ledgers'

/**
 * Makes the next open cases of a store due for judging, because what is in force there has changed. Returns how many
 * were visited.
 */
export class RejudgeOpenCases extends Command<number> {}

/** Cases per transaction: their rows are locked until it ends. */
const CASES_PER_STEP = 500

/** Done in steps after arming, not while arming: a store may have a million open cases, and arming holds the judging lock. */
@CommandHandler(RejudgeOpenCases)
export class RejudgeOpenCasesHandler implements ICommandHandler<RejudgeOpenCases> {
  constructor(
    private readonly database: DataSource,
    private readonly casesPerStep = CASES_PER_STEP,
  ) {}

  execute(): Promise<number> {
    return this.database.transaction((manager) =>
      rejudgeOpenStreams(manager, 'JUDGE', rejudgementOf, this.casesPerStep),
    )
  }
}

/** Strategies judge only while it is our turn; another case is judged when its turn changes. */
function rejudgementOf(afterSale: AfterSaleCase): Rejudgement {
  if (isFinal(afterSale)) return 'closed'
  return turnOf(afterSale) === 'us' ? 'judge' : 'leave'
}

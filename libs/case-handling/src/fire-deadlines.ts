import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { AfterSaleCase, NoticeDeadline } from '#after-sale'
import type { Fired, ReadingRequest, StreamRow } from '#event-store'
import { askFor, claimDue, failpoint } from '#event-store'
import type { Clock } from './ports'
import type { CaseWriter, Done, Work } from './write-cases'

/** Look at up to `limit` deadlines whose time has come. Answers how many were claimed. */
export class FireDeadlines extends Command<number> {
  constructor(readonly limit: number) {
    super()
  }
}

/** A timer only asks: the model judges it against the case as it stands. Claim, judgement and writing are one transaction. */
@CommandHandler(FireDeadlines)
export class FireDeadlinesHandler implements ICommandHandler<FireDeadlines> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
  ) {}

  execute({ limit }: FireDeadlines): Promise<number> {
    const now = this.clock()
    return this.database.transaction(async (manager) => {
      const fired = await claimDue<AfterSaleCase>(manager, now, limit)
      if (fired.length === 0) return 0
      failpoint('fire.claimed')
      const rows = new Map<string, StreamRow<AfterSaleCase>>(fired.map((f) => [f.id, f]))
      const done = await this.writer.write(manager, fired.map((f) => workOf(f, now)), now, [...rows.values()])
      await askFor(manager, done.flatMap(readingOf), now)
      failpoint('fire.written')
      return fired.length
    })
  }
}

const workOf = ({ id, org, store, kind, due }: Fired<AfterSaleCase>, now: number): Work => ({
  id,
  org,
  store,
  messageId: null,
  command: { type: 'NoticeDeadline', kind: kind as NoticeDeadline['kind'], due, now },
})

function readingOf({ work, after, effects }: Done): ReadingRequest[] {
  const [effect] = effects
  if (effect === undefined || after === undefined) return []
  const { id, org, store } = work
  const order = after.order?.orderNumber ?? null
  return [{ stream: id, org, store, case_number: after.caseNumber, order_number: order, why: effect.why }]
}

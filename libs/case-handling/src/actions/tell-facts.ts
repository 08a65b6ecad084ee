import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { ActionFacts, Actor, AfterSaleCase } from '#after-sale'
import { loadOwnStreams } from '#event-store'
import type { Clock } from '../ports'
import type { CaseWriter } from '../writing/write-cases'

/** A person tells what he knows of a case of his organisation. Answers what is known now; `undefined`: no such case. */
export class SubmitFacts extends Command<ActionFacts | undefined> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly caseId: string,
    readonly facts: ActionFacts,
  ) {
    super()
  }
}

/** What a person tells may be what a strategy waits for: it judges in the same transaction. */
@CommandHandler(SubmitFacts)
export class SubmitFactsHandler implements ICommandHandler<SubmitFacts> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly clock: Clock,
  ) {}

  execute({ org, by, caseId, facts }: SubmitFacts): Promise<ActionFacts | undefined> {
    return this.database.transaction(async (manager) => {
      const [row] = await loadOwnStreams<AfterSaleCase>(manager, org, [caseId])
      if (row === undefined) return undefined
      const now = this.clock()
      const command = { type: 'AttestFacts', facts, by, now } as const
      const [done] = await this.writer.write(
        manager,
        [{ id: row.id, org, store: row.store, messageId: null, command }],
        now,
        [row],
      )
      return done?.after?.facts ?? {}
    })
  }
}

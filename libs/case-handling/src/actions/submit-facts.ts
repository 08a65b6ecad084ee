import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { ActionFacts, Actor, AfterSaleCase } from '#after-sale'
import { loadOwnStreams } from '#event-store'
import type { Clock } from '../ports'
import type { CaseWriter } from '../writing/case-writer'

/**
 * A person attests facts of a case of their organisation. Returns all facts of the case that are known then; `undefined`
 * if there is no such case.
 */
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

/** Strategies judge the case in the same transaction: one of them may be waiting for such a fact. */
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
      const [result] = await this.writer.write(
        manager,
        [{ id: row.id, org, store: row.store, messageId: null, command }],
        now,
        [row],
      )
      return result?.after?.facts ?? {}
    })
  }
}

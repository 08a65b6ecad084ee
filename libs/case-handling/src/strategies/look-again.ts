import type { ICommandHandler } from '@nestjs/cqrs'
import { Command, CommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import { lookAgain } from '#event-store'

/** Has the next open cases of a store judged once more, because what is in force there has changed. Answers how many were gone through. */
export class LookAgain extends Command<number> {}

/** Not done by whoever arms: a store may have a million open cases, and whoever holds the judging must be quick. */
@CommandHandler(LookAgain)
export class LookAgainHandler implements ICommandHandler<LookAgain> {
  constructor(private readonly database: DataSource) {}

  execute(): Promise<number> {
    return lookAgain(this.database, 'JUDGE')
  }
}

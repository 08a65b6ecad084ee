import type { OnApplicationShutdown } from '@nestjs/common'
import { Inject, Module } from '@nestjs/common'
import { StrategiesInForce, TryStrategyHandler } from '#case-handling'
import { addressOf } from '#event-store'
import { CaseWritingModule } from '../core/case-writing.module'
import { consoleJournal } from '../core/journal'
import { PARTS, type ConsoleParts } from '../parts'
import { TrialsController } from './trials.controller'

@Module({
  imports: [CaseWritingModule],
  controllers: [TrialsController],
  providers: [
    {
      provide: TryStrategyHandler,
      useFactory: ({ database, clock }: ConsoleParts, inForce: StrategiesInForce) =>
        new TryStrategyHandler(database, inForce, addressOf(database), clock, consoleJournal()),
      inject: [PARTS, StrategiesInForce],
    },
  ],
})
export class TrialsModule implements OnApplicationShutdown {
  constructor(@Inject(TryStrategyHandler) private readonly trying: TryStrategyHandler) {}

  /** A trial that is under way when the console stops is recorded as failed, not left running for ever. */
  onApplicationShutdown(): Promise<void> {
    return this.trying.stop()
  }
}

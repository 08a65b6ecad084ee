import type { OnApplicationShutdown, Provider } from '@nestjs/common'
import { Inject, Injectable } from '@nestjs/common'
import {
  ArmStrategyHandler,
  ChangeStoreTermsHandler,
  DisarmStrategyHandler,
  DraftStrategyHandler,
  GrantStrategiesHandler,
  NameMainAccountHandler,
  ReviseStrategyHandler,
  RevokeStrategiesHandler,
  StrategiesInForce,
  TryStrategyHandler,
} from '#case-handling'
import { addressOf } from '#event-store'
import { consoleJournal } from '../core/journal'
import type { ConsoleParts } from '../parts'

/** Who carries out what people do to strategies. */
export function strategyHandlers({ database, clock }: ConsoleParts): Provider[] {
  const journal = consoleJournal()
  const trying = new TryStrategyHandler(database, new StrategiesInForce(journal), addressOf(database), clock, journal)
  const handlers = [
    new DraftStrategyHandler(database),
    new ReviseStrategyHandler(database),
    new ArmStrategyHandler(database),
    new DisarmStrategyHandler(database),
    new ChangeStoreTermsHandler(database),
    new NameMainAccountHandler(database),
    new GrantStrategiesHandler(database),
    new RevokeStrategiesHandler(database),
    trying,
  ]
  return [...handlers.map((handler) => ({ provide: handler.constructor, useFactory: () => handler })), EndOfTrials]
}

/** A trial that is under way when the console stops is written as failed, not left running for ever. */
@Injectable()
class EndOfTrials implements OnApplicationShutdown {
  constructor(@Inject(TryStrategyHandler) private readonly trying: TryStrategyHandler) {}

  onApplicationShutdown(): Promise<void> {
    return this.trying.stop()
  }
}

import type { OnApplicationShutdown } from '@nestjs/common'
import { Inject, Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Clock, Journal } from '#case-handling'
import { StrategiesInForce, TryStrategyHandler } from '#case-handling'
import { databaseUrlOf } from '#event-store'
import { CLOCK, JOURNAL, provideBy } from '#runtime'
import { TrialsController } from './trials.controller'

const tryStrategy = (
  database: DataSource,
  inForce: StrategiesInForce,
  clock: Clock,
  journal: Journal,
): TryStrategyHandler => new TryStrategyHandler(database, inForce, databaseUrlOf(database), clock, journal)

@Module({
  controllers: [TrialsController],
  providers: [provideBy(TryStrategyHandler, tryStrategy, DataSource, StrategiesInForce, CLOCK, JOURNAL)],
})
export class TrialsModule implements OnApplicationShutdown {
  constructor(@Inject(TryStrategyHandler) private readonly tryStrategy: TryStrategyHandler) {}

  /** A trial that is under way when the console stops is recorded as failed, not left as running. */
  onApplicationShutdown(): Promise<void> {
    return this.tryStrategy.stop()
  }
}

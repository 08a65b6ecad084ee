import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ArmStrategyHandler, DisarmStrategyHandler, DraftStrategyHandler, ReviseStrategyHandler } from '#case-handling'
import { StrategiesController } from './strategies.controller'

@Module({
  controllers: [StrategiesController],
  providers: [DraftStrategyHandler, ReviseStrategyHandler, ArmStrategyHandler, DisarmStrategyHandler].map(
    (Handler) => ({
      provide: Handler,
      useFactory: (database: DataSource) => new Handler(database),
      inject: [DataSource],
    }),
  ),
})
export class StrategiesModule {}

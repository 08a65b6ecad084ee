import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { GrantStrategiesHandler, NameMainAccountHandler, RevokeStrategiesHandler } from '#case-handling'
import { GrantsController } from './grants.controller'

@Module({
  controllers: [GrantsController],
  providers: [NameMainAccountHandler, GrantStrategiesHandler, RevokeStrategiesHandler].map((Handler) => ({
    provide: Handler,
    useFactory: (database: DataSource) => new Handler(database),
    inject: [DataSource],
  })),
})
export class GrantsModule {}

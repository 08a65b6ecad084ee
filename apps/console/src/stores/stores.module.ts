import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChangeStoreTermsHandler } from '#case-handling'
import { StoreTermsController } from './store-terms.controller'
import { StoresController } from './stores.controller'

@Module({
  controllers: [StoresController, StoreTermsController],
  providers: [
    {
      provide: ChangeStoreTermsHandler,
      useFactory: (database: DataSource) => new ChangeStoreTermsHandler(database),
      inject: [DataSource],
    },
  ],
})
export class StoresModule {}

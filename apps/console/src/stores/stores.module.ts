import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ChangeStoreTermsHandler } from '#case-handling'
import { ConnectController } from './connect.controller'
import { MarketplaceCalls } from './marketplace-calls'
import { StoreConnections } from './store-connections'
import { StoreLifecycleController } from './store-lifecycle.controller'
import { StoreTermsController } from './store-terms.controller'
import { StoresController } from './stores.controller'

@Module({
  controllers: [StoresController, StoreTermsController, ConnectController, StoreLifecycleController],
  providers: [
    MarketplaceCalls,
    StoreConnections,
    {
      provide: ChangeStoreTermsHandler,
      useFactory: (database: DataSource) => new ChangeStoreTermsHandler(database),
      inject: [DataSource],
    },
  ],
})
export class StoresModule {}

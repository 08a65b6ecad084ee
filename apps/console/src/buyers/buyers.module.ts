import { Module } from '@nestjs/common'
import { BuyersController } from './buyers.controller'
import { ErasureController } from './erasure.controller'

@Module({ controllers: [BuyersController, ErasureController] })
export class BuyersModule {}

import { Module } from '@nestjs/common'
import { GuidanceController } from './guidance.controller'

@Module({ controllers: [GuidanceController] })
export class GuidanceModule {}

import { Module } from '@nestjs/common'
import { JudgementController } from './judgement.controller'

@Module({ controllers: [JudgementController] })
export class JudgementModule {}

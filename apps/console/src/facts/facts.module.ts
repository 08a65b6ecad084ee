import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CaseWriter, SubmitFactsHandler } from '#case-handling'
import { CLOCK, provide } from '#runtime'
import { CaseWritingModule } from '../core/case-writing.module'
import { FactsController } from './facts.controller'

@Module({
  imports: [CaseWritingModule],
  controllers: [FactsController],
  providers: [provide(SubmitFactsHandler, DataSource, CaseWriter, CLOCK)],
})
export class FactsModule {}

import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CaseWriter, RecordAppealItemResultHandler } from '#case-handling'
import { CLOCK, provide } from '#runtime'
import { CaseWritingModule } from '../core/case-writing.module'
import { AppealsController } from './appeals.controller'

@Module({
  imports: [CaseWritingModule],
  controllers: [AppealsController],
  providers: [provide(RecordAppealItemResultHandler, DataSource, CaseWriter, CLOCK)],
})
export class AppealsModule {}

import { Module } from '@nestjs/common'
import { CaseWriter, ReportAppealResultHandler } from '#case-handling'
import { CaseWritingModule } from '../core/case-writing.module'
import { PARTS, type ConsoleParts } from '../parts'
import { AppealsController } from './appeals.controller'

@Module({
  imports: [CaseWritingModule],
  controllers: [AppealsController],
  providers: [
    {
      provide: ReportAppealResultHandler,
      useFactory: ({ database, clock }: ConsoleParts, writer: CaseWriter) =>
        new ReportAppealResultHandler(database, writer, clock),
      inject: [PARTS, CaseWriter],
    },
  ],
})
export class AppealsModule {}

import { Module } from '@nestjs/common'
import { CaseWriter, SubmitFactsHandler } from '#case-handling'
import { CaseWritingModule } from '../core/case-writing.module'
import { PARTS, type ConsoleParts } from '../parts'
import { FactsController } from './facts.controller'

@Module({
  imports: [CaseWritingModule],
  controllers: [FactsController],
  providers: [
    {
      provide: SubmitFactsHandler,
      useFactory: ({ database, clock }: ConsoleParts, writer: CaseWriter) =>
        new SubmitFactsHandler(database, writer, clock),
      inject: [PARTS, CaseWriter],
    },
  ],
})
export class FactsModule {}

import { Module } from '@nestjs/common'
import { JudgeEvidenceHandler, KeepEvidenceHandler, StrategiesInForce } from '#case-handling'
import { CaseWritingModule } from '../core/case-writing.module'
import { PARTS, type ConsoleParts } from '../parts'
import { EvidenceController } from './evidence.controller'
import { EvidenceWantedController } from './evidence-wanted.controller'

@Module({
  imports: [CaseWritingModule],
  controllers: [EvidenceController, EvidenceWantedController],
  providers: [
    {
      provide: JudgeEvidenceHandler,
      useFactory: ({ database, clock }: ConsoleParts) => new JudgeEvidenceHandler(database, clock),
      inject: [PARTS],
    },
    {
      provide: KeepEvidenceHandler,
      // Without a store for evidence there is no handler; the controller refuses before that.
      useFactory: ({ database, evidence, clock }: ConsoleParts, inForce: StrategiesInForce) =>
        evidence && new KeepEvidenceHandler(database, evidence, inForce.termsOf, clock),
      inject: [PARTS, StrategiesInForce],
    },
  ],
})
export class EvidenceModule {}

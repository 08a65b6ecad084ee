import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Clock, EvidenceStore } from '#case-handling'
import { JudgeEvidenceHandler, KeepEvidenceHandler, StrategiesInForce } from '#case-handling'
import { CLOCK, provide, provideBy } from '#runtime'
import { EVIDENCE_STORE } from '../tokens'
import { EvidenceController } from './evidence.controller'
import { EvidenceWantedController } from './evidence-wanted.controller'

// Without a store for evidence there is no handler; the controller refuses before that.
const keepEvidence = (
  database: DataSource,
  evidence: EvidenceStore | undefined,
  inForce: StrategiesInForce,
  clock: Clock,
): KeepEvidenceHandler | undefined => evidence && new KeepEvidenceHandler(database, evidence, inForce.termsOf, clock)

@Module({
  controllers: [EvidenceController, EvidenceWantedController],
  providers: [
    provide(JudgeEvidenceHandler, DataSource, CLOCK),
    provideBy<Parameters<typeof keepEvidence>, KeepEvidenceHandler | undefined>(
      KeepEvidenceHandler,
      keepEvidence,
      DataSource,
      EVIDENCE_STORE,
      StrategiesInForce,
      CLOCK,
    ),
  ],
})
export class EvidenceModule {}

import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { Directory } from '#access'
import type { LineUp, LinkedEvidence } from '#case-handling'
import { AcceptDeliveryHandler, DeliveryAdmission, Intake, ShowEvidenceHandler } from '#case-handling'
import type { NewMessage } from '#event-store'
import { MicroBatch } from '#event-store'
import type { Runtime } from '#runtime'
import { CLOCK, RuntimeModule, SEALING, TRACING, provide, provideBy } from '#runtime'
import { DeliveryTally } from './delivery-tally'
import { EvidenceController } from './evidence.controller'
import { ProblemFilter } from './problem.filter'
import { PushController } from './push.controller'
import { storeDeliveries } from './store-deliveries'
import { EVIDENCE_LINKS, LINE_UP } from './tokens'

export interface GatewayOptions {
  readonly lineUp: LineUp
  /** The evidence that links lead to; absent: there are no links. */
  readonly links?: LinkedEvidence | undefined
}

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [PushController, EvidenceController],
  providers: [
    DeliveryTally,
    provideBy(MicroBatch<NewMessage>, storeDeliveries, DataSource, DeliveryTally, TRACING),
    provide(Intake, MicroBatch<NewMessage>, Directory, SEALING, CLOCK),
    provide(DeliveryAdmission, LINE_UP, Directory),
    provide(AcceptDeliveryHandler, LINE_UP, Directory, Intake),
    provide(ShowEvidenceHandler, EVIDENCE_LINKS, CLOCK),
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class GatewayModule {
  static forRoot(runtime: Runtime, { lineUp, links }: GatewayOptions): DynamicModule {
    return {
      module: GatewayModule,
      imports: [RuntimeModule.forRoot(runtime)],
      providers: [
        { provide: LINE_UP, useValue: lineUp },
        { provide: EVIDENCE_LINKS, useValue: links },
      ],
    }
  }
}

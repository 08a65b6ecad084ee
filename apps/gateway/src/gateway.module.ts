import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Clock, LineUp, Sealing, Stores } from '#case-handling'
import { AcceptDeliveryHandler, Intake } from '#case-handling'
import { MicroBatch, accept } from '#event-store'
import type { Readiness } from '#observability'
import { ProblemFilter } from './problem.filter'
import { PushController } from './push.controller'

export interface GatewayParts {
  readonly database: DataSource
  readonly lineUp: LineUp
  readonly stores: Stores
  readonly sealing: Sealing
  readonly clock: Clock
  /** Told when the process is to stop; absent: it is ready while the database is. */
  readonly readiness?: Readiness
}

/** How deliveries are joined into writes; beyond `waiting` rows the sender is asked to come again. */
export const INTAKE_LIMITS = { writers: 2, rows: 500, waiting: 20_000 }

@Module({})
export class GatewayModule {
  static of({ database, lineUp, stores, sealing, clock }: GatewayParts): DynamicModule {
    const intake = new Intake(new MicroBatch((items) => accept(database, items), INTAKE_LIMITS), stores, sealing, clock)
    return {
      module: GatewayModule,
      imports: [CqrsModule.forRoot()],
      controllers: [PushController],
      providers: [
        { provide: AcceptDeliveryHandler, useFactory: () => new AcceptDeliveryHandler(lineUp, stores, intake) },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    }
  }
}

import type { DynamicModule } from '@nestjs/common'
import { Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Clock, LineUp, LinkedShelf, Sealing, Stores } from '#case-handling'
import { AcceptDeliveryHandler, DeliveryDoor, Intake, ShowEvidenceHandler } from '#case-handling'
import type { Arrival } from '#event-store'
import { MicroBatch, accept, markOfArrival } from '#event-store'
import type { DeliveryMetrics, Readiness, Tracing } from '#runtime'
import { EvidenceController } from './evidence.controller'
import { ProblemFilter } from './problem.filter'
import type { DeliveryTally } from './push.controller'
import { DELIVERY_TALLY, PushController } from './push.controller'

export interface GatewayParts {
  readonly database: DataSource
  readonly lineUp: LineUp
  readonly stores: Stores
  readonly sealing: Sealing
  readonly clock: Clock
  /** Connections that are held open at once; absent: as many as is usual. */
  readonly mostConnections?: number
  /** Where links to evidence lead; absent: nowhere. */
  readonly links?: LinkedShelf | undefined
  /** Told when the process is to stop; absent: it is ready while the database is. */
  readonly readiness?: Readiness
  /** Where deliveries are counted; absent: nowhere. */
  readonly deliveries?: DeliveryMetrics | undefined
  /** Where messages are followed; absent: nowhere. */
  readonly tracing?: Tracing | undefined
}

/** How deliveries are joined into writes; beyond `waiting` rows the sender is asked to come again. */
export const INTAKE_LIMITS = { writers: 2, rows: 500, waiting: 20_000 }

@Module({})
export class GatewayModule {
  static of({ database, lineUp, stores, sealing, clock, links, deliveries, tracing }: GatewayParts): DynamicModule {
    const store = async (items: readonly Arrival[]): Promise<void> => {
      const from = Date.now()
      const fresh = await accept(database, items)
      deliveries?.stored(items.length, fresh)
      if (tracing !== undefined)
        tracing.acceptedAll('gateway.accept', items.map(markOfArrival), { from, to: Date.now() })
    }
    const intake = new Intake(new MicroBatch(store, INTAKE_LIMITS), stores, sealing, clock)
    const tally: DeliveryTally = (marketplace, outcome, seconds) =>
      deliveries?.delivered(
        lineUp.some((c) => c.marketplace === marketplace) ? marketplace : 'unknown',
        outcome,
        seconds,
      )
    return {
      module: GatewayModule,
      imports: [CqrsModule.forRoot()],
      controllers: [PushController, EvidenceController],
      providers: [
        { provide: AcceptDeliveryHandler, useFactory: () => new AcceptDeliveryHandler(lineUp, stores, intake) },
        { provide: DeliveryDoor, useFactory: () => new DeliveryDoor(lineUp, stores) },
        { provide: ShowEvidenceHandler, useFactory: () => new ShowEvidenceHandler(links, clock) },
        { provide: DELIVERY_TALLY, useValue: tally },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    }
  }
}

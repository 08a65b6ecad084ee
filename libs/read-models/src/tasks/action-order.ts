import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { findSealedEffect } from '#event-store'

/** A sealed order and the place it is sealed for: it can be opened for no other. */
export interface SealedOrder {
  readonly org: number
  readonly stream: string
  readonly intent: string
  readonly sealed: Buffer
}

/** The order of one action with its texts, sealed; it opens with the organisation's key. Undefined: there is no such action. */
export class SealedOrderQuery extends Query<SealedOrder | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
    readonly intent: string,
  ) {
    super()
  }
}

@QueryHandler(SealedOrderQuery)
export class SealedOrderHandler implements IQueryHandler<SealedOrderQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId, intent }: SealedOrderQuery): Promise<SealedOrder | undefined> {
    const found = await findSealedEffect(this.database, { stream: caseId, intent })
    return found?.org === org ? { org, stream: caseId, intent, sealed: found.sealed } : undefined
  }
}

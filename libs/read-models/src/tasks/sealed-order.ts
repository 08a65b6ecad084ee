import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { findSealedEffect } from '#event-store'

/** A sealed order with the effect it belongs to, without which it cannot be opened. */
export interface SealedOrder {
  readonly org: number
  readonly stream: string
  readonly intent: string
  readonly sealed: Buffer
}

/** The sealed order of one action, which contains its texts; undefined if the organisation has no such action. */
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
    const effect = await findSealedEffect(this.database, { stream: caseId, intent })
    return effect?.org === org ? { org, stream: caseId, intent, sealed: effect.sealed } : undefined
  }
}

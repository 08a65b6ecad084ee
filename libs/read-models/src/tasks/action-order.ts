import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { sealedEffect } from '#event-store'

/** The order of one action with its texts, sealed; whoever has the key may open it. Undefined where there is none such. */
export class SealedOrderQuery extends Query<{ readonly org: number; readonly sealed: Buffer } | undefined> {
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

  async execute({ org, caseId, intent }: SealedOrderQuery): Promise<{ org: number; sealed: Buffer } | undefined> {
    const found = await sealedEffect(this.database, { stream: caseId, intent })
    return found?.org === org ? found : undefined
  }
}

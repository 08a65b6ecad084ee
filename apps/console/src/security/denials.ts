import { Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { DataSource } from 'typeorm'
import type { Actor } from '#access'
import { audited } from '#access'

/** Records that an actor was refused. */
@Injectable()
export class Denials {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async recordDenial(actor: Actor, { method, routeOptions }: FastifyRequest, needed: readonly string[]): Promise<void> {
    const route = `${method}:${routeOptions.url ?? ''}`
    await this.database.transaction((manager) =>
      audited(manager, actor, 'access.denied', `route:${route}`, { needed: [...needed] }),
    )
  }
}

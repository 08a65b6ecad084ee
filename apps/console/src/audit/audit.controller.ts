import { Controller, Get, Inject, Query } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { DataSource } from 'typeorm'
import type { AuditFilter } from '#access'
import { auditOf } from '#access'
import { IDENTITY, type IdentityService } from '../core/identity'
import { iso } from '../core/instants'
import { Problems } from '../openapi/problems'
import { currentActor } from '../security/current-actor'
import { Permission } from '../security/permission'
import { AuditPage } from './audit.answer'
import { AuditRequest } from './audit.request'

/** Who did what: log-ins, refusals, every change. Entries are only ever added, each chained to the one before. */
@ApiTags('Audit')
@Controller('api/audit')
export class AuditController {
  constructor(
    private readonly database: DataSource,
    @Inject(IDENTITY) private readonly identity: IdentityService,
  ) {}

  @Get()
  @Permission('audit.read')
  @ApiOperation({ summary: 'List the audit entries', description: 'Newest first; `npm run audit` verifies the chain.' })
  @ApiOkResponse({ type: AuditPage })
  @Problems('not-understood')
  async list(@Query() { cursor, limit, ...asked }: AuditRequest): Promise<AuditPage> {
    const actor = currentActor()
    const filter: AuditFilter = { ...asked, ...(cursor === undefined ? {} : { before: cursor }), limit: limit + 1 }
    const entries = await auditOf(this.database.manager, actor.org, filter)
    const names = await this.names()
    const items = entries.slice(0, limit)
    return {
      items: items.map((entry) => ({
        n: entry.n,
        at: iso(entry.at),
        actor: entry.actor,
        actorName: names.get(entry.actor) ?? null,
        action: entry.action,
        subject: entry.subject,
        details: { ...entry.details },
      })),
      next: entries.length > limit ? String(items.at(-1)?.n) : null,
    }
  }

  private async names(): Promise<ReadonlyMap<string, string>> {
    const { members, apiKeys } = this.identity
    const [people, keys] = await Promise.all([members.list(currentActor()), apiKeys.list(currentActor())])
    return new Map([
      ...people.map(({ id, displayName }) => [`person:${id}`, displayName] as const),
      ...keys.map(({ id, label }) => [`key:${id}`, label] as const),
    ])
  }
}

import { Controller, Get, Inject } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Directory } from '#access'
import { suspensionOf } from '#case-handling'
import { StoreFreshnessQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { iso, isoOrNull } from '../core/instants'
import { Scope } from '../core/scope'
import { StoreList } from './store.answer'
import { Permission } from '../security/permission'

@ApiTags('Stores')
@Controller('api/stores')
export class StoresController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('stores.read')
  @ApiOperation({
    summary: 'List the stores',
    description: 'How fresh each is: until when its cases are proven to be complete, and pushes compared with pulls.',
  })
  @ApiOkResponse({ type: StoreList })
  async stores(): Promise<StoreList> {
    const now = this.clock()
    const stores = await this.scope.stores()
    const unreadable = (await this.directory.unreadableSecrets()).filter(({ org }) => org === this.scope.org)
    const asked = stores.map((store) => ({
      id: store.id,
      app: store.app.id,
      authorised: store.authorised,
      suspension: suspensionOf(store),
    }))
    const found = new Map(
      (await this.questions.execute(new StoreFreshnessQuery(this.scope.org, asked, now))).map((f) => [f.store, f]),
    )
    return {
      now: iso(now),
      items: stores.flatMap(({ id, name, marketplace, app, authorisedUntil, pausedAt, removedAt }) => {
        const fresh = found.get(id)
        if (fresh === undefined) return []
        const { store: _, provenUntil, lastPushAt, lastPullAt, messages, unproven, unread, reading, ...rest } = fresh
        return [
          {
            store: { id: String(id), name },
            marketplace,
            ...rest,
            // Without the token no reading is possible, so this comes before the trouble of the last one.
            trouble: unreadable.find((one) => (one.store ?? id) === id && one.app === app.id)?.words ?? rest.trouble,
            provenUntil: isoOrNull(provenUntil),
            lastPushAt: isoOrNull(lastPushAt),
            lastPullAt: isoOrNull(lastPullAt),
            unproven:
              unproven === null
                ? null
                : {
                    ...unproven,
                    from: iso(unproven.from),
                    since: iso(unproven.since),
                    triedAt: iso(unproven.triedAt),
                  },
            unread: { cases: unread.cases, since: isoOrNull(unread.since) },
            reading: { ...reading, from: isoOrNull(reading.from), until: isoOrNull(reading.until) },
            connection: {
              app: app.id,
              authorisedUntil: isoOrNull(authorisedUntil),
              pausedAt: isoOrNull(pausedAt),
              removedAt: isoOrNull(removedAt),
            },
            messages: messages === null ? null : { connected: messages.connected, since: iso(messages.since) },
          },
        ]
      }),
    }
  }
}

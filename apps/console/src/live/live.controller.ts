import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common'
import type { OnModuleDestroy } from '@nestjs/common'
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiTags, refs } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { FeedRow, FeedPosition } from '#event-store'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { LiveCase, LiveClock, LivePresence, LiveTeamwork } from './live.answer'
import type { LiveFeed } from './live-feed'
import { LiveConnections } from './live-connections'
import { LiveFeeds } from './live-feeds'
import { PresenceFeed } from './presence-feed'
import { TeamworkFeed } from './teamwork-feed'
import { DataSource } from 'typeorm'
import type { Actor } from '#access'
import { Authenticator } from '../security/authentication'
import { currentActor } from '../security/current-actor'
import { problemOf } from '../problems/problem.filter'
import { iso } from '../core/instants'
import { Problems } from '../openapi/problems'
import { Permission } from '../security/permission'

/** Keeps idle connections open through proxies, and corrects the countdowns of the page. */
const CLOCK_INTERVAL_MS = 15_000
/** Connections of one process: each keeps a socket open for hours. */
const MAX_WATCHERS = 200
/** `transaction.position`: the position in commit order. */
const EVENT_ID = /^(\d{1,20})\.(\d{1,15})$/

interface WatchedFeed {
  readonly feed: LiveFeed
  readonly actor: Actor
  readonly signal: AbortSignal
}

/** Cases as they change, as server-sent events. */
@ApiTags('Live updates')
@ApiExtraModels(LiveCase, LiveTeamwork, LivePresence, LiveClock)
@Controller('api/live')
export class LiveController implements OnModuleDestroy {
  constructor(
    private readonly feeds: LiveFeeds,
    private readonly connections: LiveConnections,
    private readonly teamwork: TeamworkFeed,
    private readonly presence: PresenceFeed,
    private readonly database: DataSource,
    private readonly authenticator: Authenticator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('queue.read')
  @ApiOperation({
    summary: 'Follow changes',
    description:
      'Server-sent events. `event: case` says which case changed; send its id as `Last-Event-ID` to resume from there, ' +
      'without gap or repeat. `event: teamwork` says whose assignment or notes changed, `event: presence` who has a case open; they have no id. ' +
      '`event: clock` has the server’s time, every 15 s.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  @ApiOkResponse({
    content: { 'text/event-stream': { schema: { oneOf: refs(LiveCase, LiveTeamwork, LivePresence, LiveClock) } } },
  })
  @Problems('too-many-watchers')
  async live(
    @Headers('last-event-id') lastId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.connections.count >= MAX_WATCHERS) throw problemOf('too-many-watchers')
    const actor = currentActor()
    const feed = this.feeds.of(actor.org)
    const newest = await feed.startWatching()
    const from = parseEventId(lastId) ?? newest
    const connection = new AbortController()
    this.connections.add(connection, actor)
    // From here on the connection is closed with its session; before, the session may have changed already.
    await this.closeIfRightsChanged(request, actor, connection)
    const { raw } = reply
    raw.once('close', () => connection.abort())
    // The connection is meant to stay open; the server's request timeout would end it.
    request.raw.socket.setTimeout(0)
    reply.hijack()
    raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would hold events back until its buffer is full.
      'x-accel-buffering': 'no',
    })
    const clock = setInterval(() => {
      void this.closeIfRightsChanged(request, actor, connection).then(() => {
        if (!connection.signal.aborted && !raw.writableNeedDrain) raw.write(this.clockEvent())
      })
    }, CLOCK_INTERVAL_MS)
    const writeNow = (event: string, data: object): void => {
      // A client that does not keep up connects again, and asks for everything.
      if (raw.writableNeedDrain) connection.abort()
      if (!connection.signal.aborted) raw.write(formatEvent(event, data))
    }
    const stopWatching = [
      this.teamwork.watch(actor, (change: LiveTeamwork) => writeNow('teamwork', change)),
      this.presence.watch(actor, (present: LivePresence) => writeNow('presence', present)),
    ]
    try {
      await writeAndDrain(raw, `retry: 2000\n${this.clockEvent()}`, connection.signal)
      await this.sendEvents(raw, from, { feed, actor, signal: connection.signal })
    } catch {
      // The client is gone, or the database is; the client reconnects with the id of its last event.
    } finally {
      clearInterval(clock)
      for (const stop of stopWatching) stop()
      this.connections.remove(connection)
      feed.stopWatching()
      raw.end()
    }
  }

  onModuleDestroy(): void {
    this.connections.closeAll()
  }

  /** Sends events until the connection closes. */
  private async sendEvents(
    raw: ServerResponse,
    from: FeedPosition,
    { feed, actor, signal }: WatchedFeed,
  ): Promise<void> {
    let position = from
    while (!signal.aborted) {
      const { rows, until } = await feed.nextAfter(position, signal)
      const visible = await this.keepVisible(rows, actor)
      if (visible.length > 0) await writeAndDrain(raw, visible.map(formatCaseEvent).join(''), signal)
      position = until
    }
  }

  /** Only cases of the stores that the watcher may see. */
  private async keepVisible(rows: readonly FeedRow[], { org, stores }: Actor): Promise<readonly FeedRow[]> {
    if (stores === 'all' || rows.length === 0) return rows
    const ids = [...new Set(rows.map(({ stream }) => stream))]
    const found = await this.database.query<{ id: string }[]>(
      'SELECT id FROM stream WHERE id = ANY ($1::uuid[]) AND org = $2 AND store = ANY ($3::int[])',
      [ids, org, stores],
    )
    const visible = new Set(found.map(({ id }) => id))
    return rows.filter(({ stream }) => visible.has(stream))
  }

  /**
   * Closes the connection if the session has ended or its rights have changed; the page reconnects with its current rights. An
   * open tab alone is no use of the session.
   */
  private async closeIfRightsChanged(
    { headers }: FastifyRequest,
    connectedActor: Actor,
    connection: AbortController,
  ): Promise<void> {
    const now = await this.authenticator.find(headers, { noteUse: false }).catch(() => connectedActor)
    if (now === undefined || now.org !== connectedActor.org || String(now.stores) !== String(connectedActor.stores))
      connection.abort()
  }

  private clockEvent(): string {
    const data: LiveClock = { now: iso(this.clock()) }
    return formatEvent('clock', data)
  }
}

/** The position that an event id names; undefined for anything else, also for a transaction beyond PostgreSQL's 64 bits. */
function parseEventId(id: string | undefined): FeedPosition | undefined {
  const [, tx, position] = EVENT_ID.exec(id ?? '') ?? []
  return tx === undefined || BigInt(tx) > 2n ** 63n ? undefined : { tx, position: Number(position) }
}

function formatCaseEvent({ tx, position, stream, version, type, body }: FeedRow): string {
  const { turn, status } = body as Partial<LiveCase>
  const data: LiveCase = { caseId: stream, version, type, turn: turn ?? null, status: status ?? null }
  return `id: ${tx}.${position}\nevent: case\ndata: ${JSON.stringify(data)}\n\n`
}

const formatEvent = (event: string, data: object): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Resolves when there is room for more: a slow client delays only itself. */
async function writeAndDrain(raw: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (!raw.write(text)) await once(raw, 'drain', { signal })
}

const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))

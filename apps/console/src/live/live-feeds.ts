import { Inject, Injectable } from '@nestjs/common'
import type { OnModuleDestroy } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { WakeUps } from '#event-store'
import { LiveFeed } from './live-feed'

/** One feed for each organisation: row-level security shows a reader the changes of one organisation only. A feed without watchers reads nothing. */
@Injectable()
export class LiveFeeds implements OnModuleDestroy {
  private readonly feeds = new Map<number, LiveFeed>()

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(WakeUps) private readonly wakeUps: WakeUps,
  ) {}

  of(org: number): LiveFeed {
    const feed = this.feeds.get(org) ?? new LiveFeed(this.database, this.wakeUps, org)
    this.feeds.set(org, feed)
    return feed
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.feeds.values()].map((feed) => feed.close()))
  }
}

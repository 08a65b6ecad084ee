import { Module } from '@nestjs/common'
import { LiveController } from './live.controller'
import { LiveConnections } from './live-connections'
import { LiveFeeds } from './live-feeds'
import { PresenceFeed } from './presence-feed'
import { TeamworkFeed } from './teamwork-feed'

@Module({
  controllers: [LiveController],
  providers: [LiveFeeds, LiveConnections, TeamworkFeed, PresenceFeed],
  exports: [LiveConnections],
})
export class LiveModule {}

import { Module } from '@nestjs/common'
import { LiveController } from './live.controller'
import { LiveConnections } from './live-connections'
import { LiveFeeds } from './live-feeds'

@Module({ controllers: [LiveController], providers: [LiveFeeds, LiveConnections], exports: [LiveConnections] })
export class LiveModule {}

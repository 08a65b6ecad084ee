import { Module } from '@nestjs/common'
import { LiveController } from './live.controller'
import { LiveFeeds } from './live-feeds'

@Module({ controllers: [LiveController], providers: [LiveFeeds] })
export class LiveModule {}

import { Module } from '@nestjs/common'
import { LiveController } from './live.controller'
import { LiveFeed } from './live-feed'

@Module({ controllers: [LiveController], providers: [LiveFeed] })
export class LiveModule {}

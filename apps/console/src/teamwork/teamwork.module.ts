import { Module } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Assignments, Notes } from '#teamwork'
import { CLOCK, VAULT, provide } from '#runtime'
import { PresenceController } from './presence.controller'
import { TeamworkController } from './teamwork.controller'

@Module({
  controllers: [TeamworkController, PresenceController],
  providers: [provide(Notes, DataSource, VAULT, CLOCK), provide(Assignments, DataSource, Notes, CLOCK)],
})
export class TeamworkModule {}

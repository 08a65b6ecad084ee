import { Module } from '@nestjs/common'
import { LiveModule } from '../live/live.module'
import { AccountController } from './account.controller'
import { LinksController } from './links.controller'
import { SessionController } from './session.controller'
import { SessionsController } from './sessions.controller'

@Module({
  imports: [LiveModule],
  controllers: [SessionController, LinksController, SessionsController, AccountController],
})
export class SessionModule {}

import { Module } from '@nestjs/common'
import { MessagesModule } from '../messages/messages.module'
import { QuarantineController } from './quarantine.controller'
import { RunAgainHandler } from './run-again'

@Module({ imports: [MessagesModule], controllers: [QuarantineController], providers: [RunAgainHandler] })
export class QuarantineModule {}

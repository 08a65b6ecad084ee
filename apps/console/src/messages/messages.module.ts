import { Module } from '@nestjs/common'
import { MessageText } from './message-text'
import { MessagesController } from './messages.controller'

@Module({ controllers: [MessagesController], providers: [MessageText], exports: [MessageText] })
export class MessagesModule {}

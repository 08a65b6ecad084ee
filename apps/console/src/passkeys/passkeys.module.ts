import { Module } from '@nestjs/common'
import { AccountPasskeysController } from './account-passkeys.controller'
import { SessionPasskeyController } from './session-passkey.controller'

@Module({ controllers: [AccountPasskeysController, SessionPasskeyController] })
export class PasskeysModule {}

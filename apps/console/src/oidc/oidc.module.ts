import { Module } from '@nestjs/common'
import { AccountOidcController } from './account-oidc.controller'
import { OidcCalls } from './oidc-calls'
import { OidcLogIn } from './oidc-log-in'
import { OidcSettingsController } from './oidc-settings.controller'
import { SessionOidcController } from './session-oidc.controller'

@Module({
  controllers: [SessionOidcController, AccountOidcController, OidcSettingsController],
  providers: [OidcCalls, OidcLogIn],
})
export class OidcModule {}

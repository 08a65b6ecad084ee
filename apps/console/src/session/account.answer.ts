import { ApiSchema } from '@nestjs/swagger'
import { Count, Flag, Many, Text, Texts } from '../openapi/fields'
import { OrganisationSlug } from './session.answer'

@ApiSchema({ name: 'Account', description: 'The own account of the caller.' })
export class AccountAnswer {
  @Text()
  login: string

  @Text({ description: 'The name that colleagues see.' })
  displayName: string

  @Flag({ description: 'False: only a one-time link logs in.' })
  hasPassword: boolean

  @Flag({ description: 'Whether log-in asks for a code of an authenticator app.' })
  secondFactor: boolean

  @Count({ description: 'Recovery codes that were not used.' })
  recoveryCodesLeft: number

  @Many(() => OrganisationSlug, { description: 'For which the caller may work.' })
  organisations: OrganisationSlug[]
}

@ApiSchema({ name: 'SecondFactorSecret', description: 'To be entered into an authenticator app.' })
export class SecretAnswer {
  @Text({ description: 'Base32, for typing.' })
  secret: string

  @Text({ description: '`otpauth://…`, as a QR code has it.' })
  uri: string
}

export class RecoveryCodes {
  @Texts({ description: 'Each logs in once without the app. They are shown once.' })
  codes: string[]
}

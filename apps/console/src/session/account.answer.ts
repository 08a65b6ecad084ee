import { ApiSchema } from '@nestjs/swagger'
import { CountField, FlagField, ObjectListField, TextField, TextListField } from '../openapi/field-decorators'
import { OrganisationSlug } from './session.answer'

@ApiSchema({ name: 'Account', description: 'The own account of the caller.' })
export class AccountAnswer {
  @TextField()
  login: string

  @TextField({ description: 'The name that colleagues see.' })
  displayName: string

  @FlagField({ description: 'False: only a one-time link logs in.' })
  hasPassword: boolean

  @FlagField({ description: 'Whether log-in asks for a code of an authenticator app, or for a passkey.' })
  secondFactor: boolean

  @FlagField({ description: 'An authenticator app is set up.' })
  authenticatorApp: boolean

  @CountField({ description: 'Recovery codes that were not used.' })
  recoveryCodesLeft: number

  @ObjectListField(() => OrganisationSlug, { description: 'For which the caller may work.' })
  organisations: OrganisationSlug[]
}

@ApiSchema({ name: 'SecondFactorSecret', description: 'To be entered into an authenticator app.' })
export class SecretAnswer {
  @TextField({ description: 'Base32, for typing.' })
  secret: string

  @TextField({ description: '`otpauth://…`, as a QR code has it.' })
  uri: string
}

export class RecoveryCodes {
  @TextListField({ description: 'Each logs in once without app and passkey. They are shown once.' })
  codes: string[]
}

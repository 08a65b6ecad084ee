import { ApiSchema } from '@nestjs/swagger'
import { ROLES } from '#access'
import {
  EnumField,
  FlagField,
  InstantField,
  ObjectField,
  ObjectListField,
  TextField,
  TextListField,
} from '../openapi/field-decorators'
import { SignInAnswer } from '../session/session.answer'

@ApiSchema({ name: 'OidcBegun' })
export class OidcBegun {
  @TextField({ description: 'The provider’s page, to be opened in this browser within ten minutes.' })
  url: string
}

@ApiSchema({ name: 'OidcCompleted', description: 'What the way to the provider and back has come to.' })
export class OidcCompleted extends SignInAnswer {
  @EnumField(['signed-in', 'second-factor-wanted', 'linked', 'proven'], 'OidcOutcome')
  outcome: string
}

export class RoleValueAnswer {
  @TextField()
  value: string

  @EnumField(ROLES, 'Role')
  role: string
}

@ApiSchema({ name: 'OidcSettings', description: 'The organisation’s provider. Its client secret is never shown.' })
export class OidcSettingsAnswer {
  @TextField()
  issuer: string

  @TextField()
  clientId: string

  @TextListField()
  emailDomains: string[]

  @TextField({ nullable: true })
  roleClaim: string | null

  @ObjectListField(() => RoleValueAnswer)
  roleValues: RoleValueAnswer[]

  @FlagField({ description: 'Members who are not owners log in through the provider only.' })
  required: boolean

  @TextField({ description: 'The path of the log-in link for colleagues.' })
  logInPath: string

  @InstantField()
  changedAt: string
}

@ApiSchema({ name: 'NotLinkedPerson' })
export class NotLinkedAnswer {
  @TextField()
  login: string

  @TextField()
  displayName: string
}

@ApiSchema({ name: 'OidcSetUp' })
export class OidcSetUpAnswer {
  @ObjectField(() => OidcSettingsAnswer, { nullable: true, description: 'Null: there is no provider.' })
  settings: OidcSettingsAnswer | null

  @TextField({ description: 'The redirect URI that has to be entered at the provider.' })
  redirectUrl: string

  @ObjectListField(() => NotLinkedAnswer, {
    description:
      'Members who are not owners, whom the provider does not log in yet: they cannot log in once it is required.',
  })
  notLinked: NotLinkedAnswer[]
}

@ApiSchema({ name: 'OwnOidc', description: 'The link of the own account to one of the organisation’s provider.' })
export class OwnOidcAnswer {
  @FlagField({ description: 'The organisation has a provider.' })
  available: boolean

  @FlagField()
  linked: boolean

  @FlagField({ description: 'The caller cannot log in without it.' })
  required: boolean
}

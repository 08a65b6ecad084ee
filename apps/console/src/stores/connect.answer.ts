import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  EnumField,
  FlagField,
  InstantField,
  ObjectField,
  ObjectListField,
  TextField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

const FIELDS = ['appKey', 'appSecret', 'service', 'shop', 'accessToken', 'refreshToken'] as const

@ApiSchema({ name: 'KeyField', description: 'A field of the form by which an app or a store is connected.' })
export class KeyFieldAnswer {
  @EnumField(FIELDS, 'KeyFieldName')
  name: (typeof FIELDS)[number]

  @ObjectField(() => TermAnswer)
  label: TermAnswer

  @ObjectField(() => TermAnswer, { description: 'Where the value is found.' })
  hint: TermAnswer

  @FlagField({ description: 'Typed hidden, and never shown again.' })
  secret: boolean

  @TextField({ description: 'A regular expression that the whole value has to match.' })
  pattern: string
}

@ApiSchema({ name: 'ConnectedApp' })
export class AppAnswer {
  @CountField()
  id: number

  @TextField()
  appKey: string

  @FlagField({ description: 'Its authorisation page can be opened.' })
  hasPage: boolean
}

@ApiSchema({ name: 'AuthorisationPage' })
export class AuthorisationPageAnswer {
  @ObjectField(() => TermAnswer)
  hint: TermAnswer

  @TextField({ description: 'The callback address of the app: where the marketplace sends the browser back.' })
  returnUrl: string
}

@ApiSchema({ name: 'ConnectableMarketplace' })
export class ConnectableMarketplace {
  @TextField()
  marketplace: string

  @ObjectField(() => TermAnswer)
  name: TermAnswer

  @ObjectListField(() => KeyFieldAnswer)
  appFields: KeyFieldAnswer[]

  @ObjectListField(() => KeyFieldAnswer, { description: 'For a store whose keys are typed.' })
  storeFields: KeyFieldAnswer[]

  @ObjectField(() => AuthorisationPageAnswer, { nullable: true, description: 'Null: keys are always typed.' })
  authorisation: AuthorisationPageAnswer | null

  @ObjectListField(() => AppAnswer, { description: 'The apps that the organisation has there.' })
  apps: AppAnswer[]
}

export class ConnectableMarketplaces {
  @ObjectListField(() => ConnectableMarketplace)
  items: ConnectableMarketplace[]

  @FlagField({ description: 'Addresses other than the marketplaces’ own may be typed: there are INSECURE_HOSTS.' })
  otherAddresses: boolean
}

export class AppSaved {
  @CountField()
  app: number
}

export class AuthorisationBegun {
  @TextField({ description: 'The marketplace’s page, to be opened in this browser.' })
  url: string

  @InstantField({ description: 'Until when the browser has to be back.' })
  expiresAt: string
}

const OUTCOMES = ['added', 'renewed', 'restored'] as const

export class StoreConnected {
  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @EnumField(OUTCOMES, 'ConnectOutcome', {
    description: '`renewed`: it was connected already. `restored`: it had been removed.',
  })
  outcome: (typeof OUTCOMES)[number]
}

export const TEST_RESULTS = [
  'works',
  'token-expired',
  'reauthorise',
  'refused',
  'busy',
  'unreachable',
  'not-testable',
] as const

@ApiSchema({
  name: 'ConnectionTest',
  description: 'What one harmless call said: the list of the last minute was read.',
})
export class ConnectionTestAnswer {
  @EnumField(TEST_RESULTS, 'ConnectionTestResult')
  result: (typeof TEST_RESULTS)[number]

  @TextField({ nullable: true, description: 'The marketplace’s own words, or why there was no answer.' })
  detail: string | null
}

import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Count, Flag, InstantField, Many, One, OneOf, Text } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'

const FIELDS = ['appKey', 'appSecret', 'service', 'shop', 'accessToken', 'refreshToken'] as const

@ApiSchema({ name: 'KeyField', description: 'A field of the form by which an app or a store is connected.' })
export class KeyFieldAnswer {
  @OneOf(FIELDS, 'KeyFieldName')
  name: (typeof FIELDS)[number]

  @One(() => TermAnswer)
  label: TermAnswer

  @One(() => TermAnswer, { description: 'Where the value is found.' })
  hint: TermAnswer

  @Flag({ description: 'Typed hidden, and never shown again.' })
  secret: boolean

  @Text({ description: 'A regular expression that the whole value has to match.' })
  pattern: string
}

@ApiSchema({ name: 'ConnectedApp' })
export class AppAnswer {
  @Count()
  id: number

  @Text()
  appKey: string

  @Flag({ description: 'Its authorisation page can be opened.' })
  hasPage: boolean
}

@ApiSchema({ name: 'AuthorisationPage' })
export class AuthorisationPageAnswer {
  @One(() => TermAnswer)
  hint: TermAnswer

  @Text({ description: 'The callback address of the app: where the marketplace sends the browser back.' })
  returnUrl: string
}

@ApiSchema({ name: 'ConnectableMarketplace' })
export class ConnectableMarketplace {
  @Text()
  marketplace: string

  @One(() => TermAnswer)
  name: TermAnswer

  @Many(() => KeyFieldAnswer)
  appFields: KeyFieldAnswer[]

  @Many(() => KeyFieldAnswer, { description: 'For a store whose keys are typed.' })
  storeFields: KeyFieldAnswer[]

  @One(() => AuthorisationPageAnswer, { nullable: true, description: 'Null: keys are always typed.' })
  authorisation: AuthorisationPageAnswer | null

  @Many(() => AppAnswer, { description: 'The apps that the organisation has there.' })
  apps: AppAnswer[]
}

export class ConnectableMarketplaces {
  @Many(() => ConnectableMarketplace)
  items: ConnectableMarketplace[]

  @Flag({ description: 'Addresses other than the marketplaces’ own may be typed: there are INSECURE_HOSTS.' })
  otherAddresses: boolean
}

export class AppSaved {
  @Count()
  app: number
}

export class AuthorisationBegun {
  @Text({ description: 'The marketplace’s page, to be opened in this browser.' })
  url: string

  @InstantField({ description: 'Until when the browser has to be back.' })
  expiresAt: string
}

const OUTCOMES = ['added', 'renewed', 'restored'] as const

export class StoreConnected {
  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @OneOf(OUTCOMES, 'ConnectOutcome', {
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
  @OneOf(TEST_RESULTS, 'ConnectionTestResult')
  result: (typeof TEST_RESULTS)[number]

  @Text({ nullable: true, description: 'The marketplace’s own words, or why there was no answer.' })
  detail: string | null
}

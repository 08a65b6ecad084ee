import { ApiSchema } from '@nestjs/swagger'
import { PASSKEY_TRANSPORTS } from '#access'
import {
  CountField,
  EnumField,
  FlagField,
  InstantField,
  ObjectField,
  ObjectListField,
  TextField,
  TextListField,
  UuidField,
} from '../openapi/field-decorators'

/** As `PublicKeyCredential.parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON` read them (WebAuthn Level 3, 5.1.8). */
const PUBLIC_KEY = ['public-key'] as const

@ApiSchema({ name: 'PasskeyDescriptor' })
export class PasskeyDescriptorAnswer {
  @EnumField(PUBLIC_KEY, 'PublicKeyCredentialType')
  type: 'public-key'

  @TextField({ description: 'The credential’s id, base64url.' })
  id: string

  @EnumField(PASSKEY_TRANSPORTS, 'PasskeyTransport', { isArray: true })
  transports: string[]
}

@ApiSchema({ name: 'PasskeyRelyingParty' })
class RelyingPartyAnswer {
  @TextField({ description: 'The host name that the passkey works under.' })
  id: string

  @TextField()
  name: string
}

@ApiSchema({ name: 'PasskeyUser' })
class UserAnswer {
  @TextField({ description: 'base64url.' })
  id: string

  @TextField()
  name: string

  @TextField()
  displayName: string
}

@ApiSchema({ name: 'PasskeyAlgorithm' })
class AlgorithmAnswer {
  @EnumField(PUBLIC_KEY, 'PublicKeyCredentialType')
  type: 'public-key'

  @CountField({ description: 'Its number in COSE.' })
  alg: number
}

@ApiSchema({ name: 'PasskeySelection' })
class SelectionAnswer {
  @EnumField(['preferred'], 'PasskeyResidentKey')
  residentKey: 'preferred'

  @FlagField()
  requireResidentKey: boolean

  @EnumField(['required'], 'PasskeyUserVerification')
  userVerification: 'required'
}

@ApiSchema({ name: 'PasskeyCreation', description: 'For `navigator.credentials.create`, within five minutes.' })
export class PasskeyCreationAnswer {
  @TextField({ description: 'base64url.' })
  challenge: string

  @ObjectField(() => RelyingPartyAnswer)
  rp: RelyingPartyAnswer

  @ObjectField(() => UserAnswer)
  user: UserAnswer

  @ObjectListField(() => AlgorithmAnswer)
  pubKeyCredParams: AlgorithmAnswer[]

  @ObjectListField(() => PasskeyDescriptorAnswer, { description: 'The passkeys that the caller has here already.' })
  excludeCredentials: PasskeyDescriptorAnswer[]

  @ObjectField(() => SelectionAnswer)
  authenticatorSelection: SelectionAnswer

  @EnumField(['none'], 'PasskeyAttestation')
  attestation: 'none'

  @CountField({ description: 'How long the device may take, ms.' })
  timeout: number
}

@ApiSchema({ name: 'PasskeyRequest', description: 'For `navigator.credentials.get`, within five minutes.' })
export class PasskeyRequestAnswer {
  @TextField({ description: 'base64url.' })
  challenge: string

  @TextField({ description: 'The host name.' })
  rpId: string

  @ObjectListField(() => PasskeyDescriptorAnswer)
  allowCredentials: PasskeyDescriptorAnswer[]

  @EnumField(['required'], 'PasskeyUserVerification')
  userVerification: 'required'

  @CountField({ description: 'How long the device may take, ms.' })
  timeout: number
}

@ApiSchema({ name: 'Passkey' })
export class PasskeyAnswer {
  @UuidField()
  id: string

  @TextField({ description: 'As its person named it.' })
  name: string

  @TextField({ description: 'The host name that it works under.' })
  host: string

  @FlagField({ description: 'It works under the address of this request.' })
  usableHere: boolean

  @InstantField()
  createdAt: string

  @InstantField({ nullable: true })
  lastUsedAt: string | null
}

@ApiSchema({ name: 'PasskeyList' })
export class PasskeyListAnswer {
  @FlagField({ description: 'False: the address of this request is no host name that browsers have passkeys for.' })
  possible: boolean

  @ObjectListField(() => PasskeyAnswer, { description: 'Oldest first.' })
  items: PasskeyAnswer[]
}

@ApiSchema({ name: 'PasskeyRegistered' })
export class PasskeyRegisteredAnswer {
  @UuidField()
  id: string

  @TextListField({
    nullable: true,
    description: 'Recovery codes, shown once, where it is the first second factor; null: those of before remain.',
  })
  codes: string[] | null
}

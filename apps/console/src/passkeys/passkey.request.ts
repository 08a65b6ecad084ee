import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger'
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, Length, Matches } from 'class-validator'
import { PASSKEY_TRANSPORTS, type PasskeyTransport } from '#access'
import { Nested, Optional } from '../input/validation'

const BASE64URL = /^[\w-]+$/
const isBase64url = { message: 'must be base64url' }
/** A credential's id has 1,023 bytes at most. */
const LONGEST_ID = 1_400
/** With every extension that browsers have; an RSA key has some hundred bytes. */
const LONGEST_PART = 8_000

/** What `navigator.credentials.create` answers; other fields of it are not needed. */
export class PasskeyRegistrationRequest {
  @ApiProperty({ description: 'The credential’s id, base64url.' })
  @IsString()
  @Length(1, LONGEST_ID)
  @Matches(BASE64URL, isBase64url)
  id: string

  @ApiProperty({ description: 'base64url.' })
  @IsString()
  @Length(1, LONGEST_PART)
  @Matches(BASE64URL, isBase64url)
  clientDataJSON: string

  @ApiProperty({ description: 'base64url.' })
  @IsString()
  @Length(1, LONGEST_PART)
  @Matches(BASE64URL, isBase64url)
  attestationObject: string

  @ApiProperty({ enum: PASSKEY_TRANSPORTS, enumName: 'PasskeyTransport', isArray: true })
  @IsArray()
  @ArrayMaxSize(PASSKEY_TRANSPORTS.length)
  @ArrayUnique()
  @IsIn(PASSKEY_TRANSPORTS, { each: true, message: `must be of ${PASSKEY_TRANSPORTS.join(', ')}` })
  transports: PasskeyTransport[]
}

export class RegisterPasskeyRequest {
  @ApiProperty({ description: 'What the person calls it.' })
  @IsString()
  @Length(1, 60)
  name: string

  @ApiProperty({ type: PasskeyRegistrationRequest })
  @Nested(() => PasskeyRegistrationRequest)
  registration: PasskeyRegistrationRequest
}

/** What `navigator.credentials.get` answers; other fields of it are not needed. */
export class PasskeyAssertionRequest {
  @ApiProperty({ description: 'The credential’s id, base64url.' })
  @IsString()
  @Length(1, LONGEST_ID)
  @Matches(BASE64URL, isBase64url)
  id: string

  @ApiProperty({ description: 'base64url.' })
  @IsString()
  @Length(1, LONGEST_PART)
  @Matches(BASE64URL, isBase64url)
  clientDataJSON: string

  @ApiProperty({ description: 'base64url.' })
  @IsString()
  @Length(1, LONGEST_PART)
  @Matches(BASE64URL, isBase64url)
  authenticatorData: string

  @ApiProperty({ description: 'base64url.' })
  @IsString()
  @Length(1, LONGEST_PART)
  @Matches(BASE64URL, isBase64url)
  signature: string

  @ApiPropertyOptional({ description: 'base64url, if the device gave one.' })
  @Optional()
  @IsString()
  @Length(1, 100)
  @Matches(BASE64URL, isBase64url)
  userHandle?: string
}

@ApiSchema({ name: 'PasskeyChallenge' })
export class BeginPasskeyRequest {
  @ApiProperty({ description: '`challenge` of the answer to the log-in.' })
  @IsString()
  @Length(1, 500)
  challenge: string
}

export class SignInByPasskeyRequest extends BeginPasskeyRequest {
  @ApiProperty({ type: PasskeyAssertionRequest })
  @Nested(() => PasskeyAssertionRequest)
  assertion: PasskeyAssertionRequest
}

export class ProofByPasskeyRequest {
  @ApiProperty({ type: PasskeyAssertionRequest })
  @Nested(() => PasskeyAssertionRequest)
  assertion: PasskeyAssertionRequest
}

export class PasskeyParams {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'must be a UUID' })
  id: string
}

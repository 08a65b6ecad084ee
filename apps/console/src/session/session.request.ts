import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger'
import { IsString, Length, Matches } from 'class-validator'
import { Optional } from '../input/validation'
import { NamesRequest } from './names.request'

const PASSWORD = { description: 'The password, as it was typed.', format: 'password' } as const
/** More than the 128 characters that a password may have: a longer one is refused with the code `password-too-long`. */
const LONGEST_PASSWORD = 1_000

export class SignInRequest {
  @ApiProperty({ description: 'The login name or e-mail address.' })
  @IsString()
  @Length(1, 254)
  login: string

  @ApiProperty(PASSWORD)
  @IsString()
  @Length(1, LONGEST_PASSWORD)
  password: string

  @ApiPropertyOptional({
    description: 'The short name of the organisation, for a person of several; the first one if absent.',
  })
  @Optional()
  @IsString()
  @Length(1, 100)
  organisation?: string
}

export class SecondFactorRequest {
  @ApiProperty({ description: '`challenge` of the answer to the log-in.' })
  @IsString()
  @Length(1, 500)
  challenge: string

  @ApiProperty({ description: 'Six digits of the authenticator app, or a recovery code.' })
  @IsString()
  @Length(1, 40)
  code: string
}

export class ProofRequest {
  @ApiPropertyOptional({ ...PASSWORD, description: 'For a person without a second factor.' })
  @Optional()
  @IsString()
  @Length(0, LONGEST_PASSWORD)
  password?: string

  @ApiPropertyOptional({ description: 'For a person with a second factor: a code of the app, or a recovery code.' })
  @Optional()
  @IsString()
  @Length(1, 40)
  code?: string
}

export class OrganisationRequest {
  @ApiProperty({ description: 'The short name of the organisation.' })
  @IsString()
  @Length(1, 100)
  organisation: string
}

export class LinkRequest {
  @ApiProperty({ description: 'What follows `#` in the link.' })
  @IsString()
  @Length(1, 500)
  token: string
}

export class OpenLinkRequest extends IntersectionType(LinkRequest, NamesRequest) {
  @ApiPropertyOptional({ ...PASSWORD, description: 'The new password.' })
  @Optional()
  @IsString()
  @Length(1, LONGEST_PASSWORD)
  password?: string
}

export class SessionParams {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'must be a UUID' })
  id: string
}

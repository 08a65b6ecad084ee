import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator'
import type { Role } from '#access'
import { ROLES } from '#access'
import { Optional } from '../input/validation'
import { NamesRequest } from '../session/names.request'

/** Either the organisation's key of `/login?org=…`, or an invitation with the names of the new person. */
export class BeginOidcRequest extends NamesRequest {
  @ApiPropertyOptional({ description: 'What follows `?org=` in the organisation’s log-in link.' })
  @Optional()
  @IsString()
  @Length(1, 100)
  organisation?: string

  @ApiPropertyOptional({ description: 'What follows `#` in an invitation.' })
  @Optional()
  @IsString()
  @Length(1, 500)
  token?: string
}

/** What the provider put into the address to which it sent the browser back. */
export class CompleteOidcRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 500)
  state: string

  @ApiProperty({ description: 'What follows `/login/returned/` in the address.' })
  @IsString()
  @Length(1, 20)
  organisation: string

  @ApiPropertyOptional()
  @Optional()
  @IsString()
  @Length(1, 4_000)
  code?: string

  @ApiPropertyOptional({ description: 'The provider’s issuer, if it sent one (RFC 9207).' })
  @Optional()
  @IsString()
  @Length(1, 500)
  iss?: string

  @ApiPropertyOptional({ description: 'The provider’s code of what went wrong.' })
  @Optional()
  @IsString()
  @Length(1, 100)
  error?: string
}

export class RoleValueRequest {
  @ApiProperty({ description: 'A value of the claim.' })
  @IsString()
  @Length(1, 200)
  value: string

  @ApiProperty({ enum: ROLES, enumName: 'Role', description: 'People of this role may log in with it.' })
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  role: Role
}

export class OidcSettingsRequest {
  @ApiProperty({ description: 'The issuer, as the provider’s metadata have it: https, without query.' })
  @IsString()
  @Length(1, 500)
  @Matches(/^https?:\/\/[^\s?#@]+$/, { message: 'must be the https address of an issuer' })
  issuer: string

  @ApiProperty()
  @IsString()
  @Length(1, 300)
  clientId: string

  @ApiPropertyOptional({ format: 'password', description: 'Absent: the stored one, of the same issuer and client.' })
  @Optional()
  @IsString()
  @Length(1, 2_000)
  clientSecret?: string

  @ApiProperty({ type: [String], description: 'Domains of verified e-mail addresses that may log in; none: any.' })
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(/^(?=.{3,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, { each: true, message: 'must be domains in small letters' })
  emailDomains: string[]

  @ApiProperty({ type: String, nullable: true, description: 'The claim whose values name roles; null: none.' })
  @ValidateIf((_, value) => value !== null)
  @IsString()
  @Length(1, 100)
  roleClaim: string | null

  @ApiProperty({ type: [RoleValueRequest], description: 'Which role may log in with which value of the claim.' })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => RoleValueRequest)
  roleValues: RoleValueRequest[]

  @ApiProperty({ description: 'Members who are not owners log in through the provider only.' })
  @IsBoolean()
  required: boolean
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsInt, IsObject, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator'
import { MARKETPLACES } from '#connectors'
import { Optional } from '../input/validation'

const KNOWN = MARKETPLACES.map(({ marketplace }) => marketplace)
const LONGEST_KEY = 2_000
const MOST = 2_147_483_647

/** An app at a marketplace; which of these fields it has, and of which form, says its connector. */
export class SaveAppRequest {
  @ApiProperty({ description: 'One of GET /api/marketplaces.' })
  @IsIn(KNOWN, { message: `must be one of ${KNOWN.join(', ')}` })
  marketplace: string

  @ApiProperty()
  @IsString()
  @Length(1, 128)
  appKey: string

  @ApiProperty()
  @IsString()
  @Length(1, LONGEST_KEY)
  appSecret: string

  @ApiPropertyOptional({ description: 'Its number in the service market, where its authorisation page needs one.' })
  @Optional()
  @IsString()
  @Length(1, 40)
  service?: string

  @ApiPropertyOptional({
    type: Object,
    description: 'Addresses in the place of the marketplace’s own: of a simulator, at a host of INSECURE_HOSTS.',
  })
  @Optional()
  @IsObject()
  endpoints?: Record<string, string>
}

export class BeginAuthorisationRequest {
  @ApiProperty({ description: 'The id of the app.' })
  @IsInt()
  @Min(1)
  @Max(MOST)
  app: number

  @ApiPropertyOptional({ description: 'The id of the store that is authorised again; absent: a store is added.' })
  @Optional()
  @IsString()
  @Matches(/^\d{1,9}$/, { message: 'must be the number of a store' })
  store?: string
}

/** What the marketplace put into the address to which it sent the browser back. */
export class CompleteAuthorisationRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 500)
  state: string

  @ApiProperty()
  @IsString()
  @Length(1, LONGEST_KEY)
  code: string
}

/** A store whose keys are typed. */
export class ConnectStoreRequest {
  @ApiProperty({ description: 'The id of the app.' })
  @IsInt()
  @Min(1)
  @Max(MOST)
  app: number

  @ApiProperty({ description: 'As colleagues call it.' })
  @IsString()
  @Length(1, 100)
  name: string

  @ApiProperty({ description: 'The marketplace’s number of the store.' })
  @IsString()
  @Length(1, 40)
  shop: string

  @ApiPropertyOptional()
  @Optional()
  @IsString()
  @MaxLength(LONGEST_KEY)
  accessToken?: string

  @ApiPropertyOptional()
  @Optional()
  @IsString()
  @MaxLength(LONGEST_KEY)
  refreshToken?: string
}

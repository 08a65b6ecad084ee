import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsString, Matches } from 'class-validator'
import { Optional } from '../input/validation'

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,253}$/u
const NAME = { message: 'must be the login of a person' }
const STORE = { message: 'must be the number of a store' }

export class AccountRequest {
  @ApiProperty({ description: 'The login of the person.', example: 'lin' })
  @IsString(NAME)
  @Matches(LOGIN, NAME)
  account: string
}

export class GrantRequest extends AccountRequest {
  @ApiProperty({ description: 'Id of the store: see /api/stores.', example: '1' })
  @IsString(STORE)
  @Matches(/^\d{1,9}$/, STORE)
  store: string
}

export class GrantsQueryRequest {
  @ApiPropertyOptional({ description: 'Only of this store.' })
  @Optional()
  @Matches(/^\d{1,9}$/, STORE)
  store?: string
}

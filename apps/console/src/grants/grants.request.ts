import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsString, Matches } from 'class-validator'
import { Optional } from '../input/validation'

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,253}$/u
const NOT_A_LOGIN = { message: 'must be the login of a person' }
const NOT_A_STORE_ID = { message: 'must be the number of a store' }

export class AccountRequest {
  @ApiProperty({ description: 'The login of the person.', example: 'lin' })
  @IsString(NOT_A_LOGIN)
  @Matches(LOGIN, NOT_A_LOGIN)
  account: string
}

export class GrantRequest extends AccountRequest {
  @ApiProperty({ description: 'Id of the store: see /api/stores.', example: '1' })
  @IsString(NOT_A_STORE_ID)
  @Matches(/^\d{1,9}$/, NOT_A_STORE_ID)
  store: string
}

export class GrantsQueryRequest {
  @ApiPropertyOptional({ description: 'Only of this store.' })
  @Optional()
  @Matches(/^\d{1,9}$/, NOT_A_STORE_ID)
  store?: string
}

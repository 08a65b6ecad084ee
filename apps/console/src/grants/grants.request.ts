import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsString, Matches } from 'class-validator'
import { ACCOUNT_NAME } from '../core/operator'
import { Optional } from '../input/validation'

const NAME = { message: 'must be a name of at most 40 letters, as it is given in x-operator' }
const STORE = { message: 'must be the number of a store' }

export class AccountRequest {
  @ApiProperty({ description: 'The name that the account acts under (x-operator).', example: 'lin' })
  @IsString(NAME)
  @Matches(ACCOUNT_NAME, NAME)
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

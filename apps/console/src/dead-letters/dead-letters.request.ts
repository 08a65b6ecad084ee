import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, Max, Min } from 'class-validator'
import { PageSizeRequest } from '../input/paging.request'
import { AsInteger, Optional } from '../input/validation'

const NOT_AN_ID = { message: 'must be the id of a dead letter' }

export class DeadLetterParams {
  @ApiProperty({ type: String, description: '`id` of /api/dead-letters.', example: '1' })
  @AsInteger()
  @IsInt(NOT_AN_ID)
  @Min(1, NOT_AN_ID)
  @Max(Number.MAX_SAFE_INTEGER, NOT_AN_ID)
  id: number
}

export class DeadLettersRequest extends PageSizeRequest {
  @ApiPropertyOptional({ type: String, description: '`next` of the previous page.' })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be the `next` of the page before' })
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  cursor?: number
}

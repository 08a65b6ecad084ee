import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, Max, Min } from 'class-validator'
import { Limited } from '../input/paging.request'
import { AsInteger, Optional } from '../input/validation'

export class DeadLetterParams {
  @ApiProperty({ type: String })
  @AsInteger()
  @IsInt({ message: 'must be the id of a dead letter' })
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  id: number
}

export class DeadLettersRequest extends Limited {
  @ApiPropertyOptional({ type: String, description: '`next` of the previous page.' })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be the `next` of the page before' })
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  cursor?: number
}

import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, IsString, Length, Max, Min } from 'class-validator'
import { AsInteger, Optional } from './validation'

/** How much of a list is wanted at once. */
export class Limited {
  @ApiPropertyOptional({ type: Number, default: 50, minimum: 1, maximum: 200 })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be a whole number' })
  @Min(1)
  @Max(200)
  limit = 50
}

/** Where a list goes on. */
export class Paged extends Limited {
  @ApiPropertyOptional({ description: '`next` of the page before, with the same words.' })
  @Optional()
  @IsString()
  @Length(1, 200)
  cursor?: string
}

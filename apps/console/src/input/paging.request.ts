import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, IsString, Length, Max, Min } from 'class-validator'
import { AsInteger, Optional } from './validation'

/** The query parameter `limit` of a list. */
export class PageSizeRequest {
  @ApiPropertyOptional({ type: Number, default: 50, minimum: 1, maximum: 200 })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be a whole number' })
  @Min(1)
  @Max(200)
  limit = 50
}

/** The query parameters of a list that is read page by page. */
export class PageRequest extends PageSizeRequest {
  @ApiPropertyOptional({ description: '`next` of the previous page, with the same filters.' })
  @Optional()
  @IsString()
  @Length(1, 200)
  cursor?: string
}

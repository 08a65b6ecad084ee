import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, Matches, Max, Min } from 'class-validator'
import { PageSizeRequest } from '../input/paging.request'
import { AsInteger, Optional } from '../input/validation'

export class CaseParams {
  @ApiProperty({ format: 'uuid', description: '`caseId` of /api/queue.' })
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'must be the id of a case' })
  id: string
}

export class TimelineRequest extends PageSizeRequest {
  @ApiPropertyOptional({ type: Number, description: 'Only events before this version: `next` of the previous page.' })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be a version' })
  @Min(1)
  @Max(2_147_483_647)
  before?: number
}

export class MessageParams {
  @ApiProperty({
    type: String,
    description: '`message.id` of /api/cases/{id}/events, or `id` of /api/quarantine.',
    example: '1',
  })
  @AsInteger()
  @IsInt({ message: 'must be the id of a message' })
  id: number
}

export class QuarantineRequest extends PageSizeRequest {
  @ApiPropertyOptional({ type: String, description: '`next` of the previous page.' })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be the `next` of the page before' })
  cursor?: number
}

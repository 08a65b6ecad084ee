import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, IsString, Length, Matches, Max } from 'class-validator'
import { PageSizeRequest } from '../input/paging.request'
import { AsInstant, AsInteger, Optional } from '../input/validation'

const NOT_AN_INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }

export class AuditRequest extends PageSizeRequest {
  @ApiPropertyOptional({ description: '`person:<id>`, `key:<id>`, `process:<name>` or `anonymous`.' })
  @Optional()
  @Matches(/^[a-z]+(?::[\w-]{1,100})?$/, { message: 'must be an actor, e.g. person:<id>' })
  actor?: string

  @ApiPropertyOptional({ description: 'A whole action, e.g. `case.acted`, or its beginning, e.g. `case.`.' })
  @Optional()
  @Matches(/^[a-z-]{1,40}\.[a-z-]{0,40}$/, { message: 'must be an action, e.g. case.acted or case.' })
  action?: string

  @ApiPropertyOptional({ description: 'What it was done to: `<thing>:<id>`.' })
  @Optional()
  @IsString()
  @Length(1, 200)
  subject?: string

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  from?: number

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  until?: number

  @ApiPropertyOptional({ type: Number, description: '`next` of the page before.' })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be a whole number' })
  @Max(Number.MAX_SAFE_INTEGER)
  cursor?: number
}

import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsInt, IsString, Length, Matches } from 'class-validator'
import { PageRequest } from '../input/paging.request'
import { AsInstant, Optional } from '../input/validation'

const NOT_AN_INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }

/** One of the four searches (R169); a time range counts as one. */
export class SearchRequest extends PageRequest {
  @ApiPropertyOptional({ description: 'The whole order number.' })
  @Optional()
  @IsString()
  @Length(1, 100)
  order?: string

  @ApiPropertyOptional({ description: "The buyer's whole name." })
  @Optional()
  @IsString()
  @Length(1, 60)
  name?: string

  @ApiPropertyOptional({ description: "The buyer's whole phone number, or its last four digits." })
  @Optional()
  @Matches(/^(?:\d{4}|\+?[\d -]{7,20})$/, { message: 'must be a whole phone number or its last four digits' })
  phone?: string

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Applied for at this time or later.' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  appliedFrom?: number

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Applied for before this time.' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  appliedTo?: number
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator'
import type { EvidencePlace } from '#after-sale'
import { EVIDENCE_PLACES } from '#after-sale'
import { FactsRequest } from './actions.request'
import { AsInstant } from './validation'

const INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }
const FEN = { message: 'must be whole fen' }
const HIGHEST_FEN = 100_000_000
const PLACES = Object.keys(EVIDENCE_PLACES)

class AskedRequest {
  @ApiProperty({ enum: PLACES })
  @IsIn(PLACES)
  place: EvidencePlace

  @ApiPropertyOptional({ description: "The platform's number of the work order." })
  @IsOptional()
  @Matches(/^[\w-]{1,60}$/, { message: 'must be the number of a work order' })
  number?: string

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @AsInstant()
  @IsInt(INSTANT)
  askedAt?: number

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Until when, where the back office shows it; else 48 hours count (R125).',
  })
  @IsOptional()
  @AsInstant()
  @IsInt(INSTANT)
  due?: number
}

/** What only the back office shows of a dispute. */
export class DisputeFactsRequest extends FactsRequest {
  @ApiPropertyOptional({
    type: [AskedRequest],
    description: 'All work orders and appeals that want evidence now (R064).',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => AskedRequest)
  evidenceAsked?: AskedRequest[]

  @ApiPropertyOptional({ description: 'The order counts in the dispute refund rate (R072).' })
  @IsOptional()
  @IsBoolean()
  countedAsDispute?: boolean

  @ApiPropertyOptional({ description: 'The buyer was told where to send the goods (R063).' })
  @IsOptional()
  @IsBoolean()
  returnAddressTold?: boolean

  @ApiPropertyOptional({ description: 'How much goods money the appeal page lets one claim, fen (R074).' })
  @IsOptional()
  @IsInt(FEN)
  @Min(0)
  @Max(HIGHEST_FEN)
  appealableAmount?: number

  @ApiPropertyOptional({ description: 'Freight that went back to the buyer, fen (R078).' })
  @IsOptional()
  @IsInt(FEN)
  @Min(0)
  @Max(HIGHEST_FEN)
  freightRefunded?: number
}

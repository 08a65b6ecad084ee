import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, Matches, Max, Min } from 'class-validator'
import type { EvidencePlace } from '#after-sale'
import { EVIDENCE_PLACES } from '#after-sale'
import { FactsOfActionRequest } from './facts-of-action.request'
import { AsInstant, NestedList, Optional } from '../input/validation'

const NOT_AN_INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }
const NOT_FEN = { message: 'must be whole fen' }
const MAX_FEN = 100_000_000
const EVIDENCE_PLACE_NAMES = Object.keys(EVIDENCE_PLACES)

class AskedEvidenceRequest {
  @ApiProperty({ enum: EVIDENCE_PLACE_NAMES })
  @IsIn(EVIDENCE_PLACE_NAMES)
  place: EvidencePlace

  @ApiPropertyOptional({ description: "The platform's number of the work order." })
  @Optional()
  @Matches(/^[\w-]{1,60}$/, { message: 'must be the number of a work order' })
  number?: string

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  askedAt?: number

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Until when, where the back office shows it; else 48 hours count (R125).',
  })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  due?: number
}

/** Facts of a dispute that only the back office shows. */
export class DisputeFactsRequest extends FactsOfActionRequest {
  @ApiPropertyOptional({
    type: [AskedEvidenceRequest],
    description: 'Every work order and appeal that asks for evidence now (R064).',
  })
  @Optional()
  @ArrayMaxSize(20)
  @NestedList(() => AskedEvidenceRequest)
  evidenceAsked?: AskedEvidenceRequest[]

  @ApiPropertyOptional({ description: 'The order counts in the dispute refund rate (R072).' })
  @Optional()
  @IsBoolean()
  countedAsDispute?: boolean

  @ApiPropertyOptional({ description: 'The buyer knows the return address (R063).' })
  @Optional()
  @IsBoolean()
  returnAddressTold?: boolean

  @ApiPropertyOptional({ description: 'How much goods money the appeal page offers to claim, fen (R074).' })
  @Optional()
  @IsInt(NOT_FEN)
  @Min(0)
  @Max(MAX_FEN)
  appealableAmount?: number

  @ApiPropertyOptional({ description: 'Freight that went back to the buyer, fen (R078).' })
  @Optional()
  @IsInt(NOT_FEN)
  @Min(0)
  @Max(MAX_FEN)
  freightRefunded?: number
}

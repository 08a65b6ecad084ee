import { ApiPropertyOptional } from '@nestjs/swagger'
import { ArrayMaxSize, IsInt, Max, Min } from 'class-validator'
import { AsInstant, NestedList, Optional } from '../input/validation'
import { DisputeFactsRequest } from './dispute-facts.request'

const NOT_AN_INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }

class NegotiationRoundRequest {
  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  startedAt: number

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When the buyer answered.' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  repliedAt?: number

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Until when the buyer may answer, as the back office shows it.',
  })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  replyDue?: number
}

/** The facts that people can record of a case; each counts until another value is recorded. */
export class RecordFactsRequest extends DisputeFactsRequest {
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When the goods were shipped.' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  shippedAt?: number

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When the parcel was last seen to move.' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  traceMovedAt?: number

  @ApiPropertyOptional({
    type: [NegotiationRoundRequest],
    description: 'The rounds of negotiation so far (R048–R055).',
  })
  @Optional()
  @ArrayMaxSize(20)
  @NestedList(() => NegotiationRoundRequest)
  rounds?: NegotiationRoundRequest[]

  @ApiPropertyOptional({ description: 'What the return cost the buyer, fen, as the buyer showed.' })
  @Optional()
  @IsInt({ message: 'must be whole fen' })
  @Min(0)
  @Max(100_000_000)
  returnFreight?: number
}

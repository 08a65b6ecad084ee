import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator'
import type { AppealKind, DecidedResult } from '#after-sale'
import { APPEAL_KIND_NAMES, DECIDED_RESULTS } from '#after-sale'
import { CaseParams } from '../cases/cases.request'
import { AsInstant, Optional } from '../input/validation'

export class AppealParams extends CaseParams {
  @ApiProperty({ description: 'The id of the appeal: that of the action that filed it.' })
  @Matches(/^[\w-]{1,80}$/, { message: 'must be the id of an appeal' })
  appeal: string
}

export class AppealResultRequest {
  @ApiProperty({ enum: APPEAL_KIND_NAMES })
  @IsIn([...APPEAL_KIND_NAMES])
  kind: AppealKind

  @ApiProperty({ enum: DECIDED_RESULTS })
  @IsIn([...DECIDED_RESULTS])
  result: DecidedResult

  @ApiPropertyOptional({
    description:
      'The money that the item brought back, fen. Required with `partly`; with `won`, absent: all that was claimed. None for a liability item (R068).',
  })
  @Optional()
  @IsInt({ message: 'must be whole fen' })
  @Min(0)
  @Max(100_000_000)
  recoveredFen?: number

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'When the platform decided: the month and the year in which a failure counts (R061, R062).',
  })
  @AsInstant()
  @IsInt({ message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' })
  /** UTC ms: `AsInstant` has parsed the text by the time that it is validated. */
  decidedAt: number
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator'
import type { AppealKind } from '#after-sale'
import { APPEAL_KIND_NAMES } from '#after-sale'
import { CaseParams } from '../cases/cases.request'
import { AsInstant, Optional } from '../input/validation'

const RESULTS = ['won', 'partly', 'lost'] as const

export class AppealParams extends CaseParams {
  @ApiProperty({ description: 'The id of the appeal: that of the action that filed it.' })
  @Matches(/^[\w-]{1,80}$/, { message: 'must be the id of an appeal' })
  appeal: string
}

export class ResultRequest {
  @ApiProperty({ enum: APPEAL_KIND_NAMES })
  @IsIn([...APPEAL_KIND_NAMES])
  kind: AppealKind

  @ApiProperty({ enum: RESULTS })
  @IsIn([...RESULTS])
  result: (typeof RESULTS)[number]

  @ApiPropertyOptional({ description: 'What came back, fen; left out with `won`: all that was claimed.' })
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
  decidedAt: number
}

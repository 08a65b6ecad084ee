import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsBoolean, IsIn, IsInt, Matches } from 'class-validator'
import type { EvidenceSubject } from '#after-sale'
import { EVIDENCE_SUBJECTS } from '#after-sale'
import { CaseParams } from '../cases/cases.request'
import { AsInstant, Optional } from '../input/validation'

const SUBJECTS = Object.keys(EVIDENCE_SUBJECTS)

export class EvidenceRequest {
  @ApiPropertyOptional({ enum: SUBJECTS, description: 'What it shows, which the bytes do not reveal.' })
  @Optional()
  @IsIn(SUBJECTS)
  shows?: EvidenceSubject

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When it was made.' })
  @Optional()
  @AsInstant()
  @IsInt({ message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' })
  capturedAt?: number
}

export class PieceParams extends CaseParams {
  @ApiProperty({ description: 'SHA-256 of the bytes, lower hex.' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be the hash of a piece' })
  hash: string
}

export class JudgedRequest {
  @ApiProperty({ description: 'The platform said that it does not count.' })
  @IsBoolean()
  invalid: boolean

  @ApiProperty({ description: 'The platform said that it came too late (R065).' })
  @IsBoolean()
  late: boolean
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator'
import { AsInstant, AsInteger, Optional } from '../input/validation'

const NOT_A_NUMBER = { message: 'must be a number' }
const NOT_STORE_IDS = { each: true, message: 'must be numbers of stores' }
const NOT_AN_INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }
const MAX_INTEGER = 2_147_483_647
/** The upper bound is checked first, so this message is also sent for what is no number. */
const ID_OUT_OF_RANGE = { message: `must be a whole number from 1 to ${MAX_INTEGER}` }

/** The id in the path. */
export class NumberParams {
  @ApiProperty({ type: String, example: '1' })
  @AsInteger()
  @IsInt(NOT_A_NUMBER)
  @Min(1, ID_OUT_OF_RANGE)
  @Max(MAX_INTEGER, ID_OUT_OF_RANGE)
  id: number
}

export class VersionParams extends NumberParams {
  @ApiProperty({ type: String, example: '1' })
  @AsInteger()
  @IsInt(NOT_A_NUMBER)
  @Min(1, ID_OUT_OF_RANGE)
  @Max(MAX_INTEGER, ID_OUT_OF_RANGE)
  version: number
}

export class ReviseStrategyRequest {
  @ApiProperty({
    type: Object,
    description: 'By the fields of the policy: see /api/policies.',
    example: { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
  })
  @IsObject({ message: 'must be a document' })
  settings: Record<string, unknown>
}

export class DraftStrategyRequest extends ReviseStrategyRequest {
  @ApiProperty({ description: 'A policy of /api/policies.', example: 'returnReasonIsChosen' })
  @IsString()
  @Length(1, 60)
  policy: string

  @ApiProperty({ description: 'The name that people see.', example: '质量问题自动同意退货' })
  @IsString()
  @Length(1, 80)
  @Matches(/\S/, { message: 'must be a name' })
  name: string
}

class StoresRequest {
  @ApiProperty({ type: [String], description: 'Ids of stores: see /api/stores.', example: ['1'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique({ message: 'names a store twice' })
  @Matches(/^\d{1,9}$/, NOT_STORE_IDS)
  stores: string[]
}

export class StartTrialRequest extends StoresRequest {
  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'Cases applied for from here …',
    example: '2026-11-22T00:00:00Z',
  })
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  from: number

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: '… to here, exclusive.',
    example: '2026-11-29T00:00:00Z',
  })
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  to: number
}

export class ArmStrategyRequest extends StoresRequest {
  @ApiProperty({ enum: ['shadow', 'live'], description: 'In shadow it judges, and nothing follows from it.' })
  @IsIn(['shadow', 'live'])
  mode: 'shadow' | 'live'

  @ApiPropertyOptional({ description: 'Live: the daily cap at each store, fen.' })
  @Optional()
  @IsInt({ message: 'must be whole fen' })
  @Min(0)
  @Max(100_000_000_000)
  capFen?: number

  @ApiPropertyOptional({
    type: String,
    description: 'Live: a finished trial of this version at these stores.',
    example: '1',
  })
  @Optional()
  @AsInteger()
  @IsInt(NOT_A_NUMBER)
  @Min(1, ID_OUT_OF_RANGE)
  @Max(MAX_INTEGER, ID_OUT_OF_RANGE)
  trial?: number
}

/** Bodies to try out on /docs; live, a cap and a finished trial are needed. */
export const ARM_EXAMPLES: Record<string, { value: object }> = {
  'In shadow': { value: { stores: ['1'], mode: 'shadow' } },
  Live: { value: { stores: ['1'], mode: 'live', capFen: 50_000, trial: '1' } },
}

export class DisarmStrategyRequest {
  @ApiPropertyOptional({
    type: [String],
    description: 'Ids of stores: see /api/stores; all if absent.',
    example: ['1'],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(500)
  @Matches(/^\d{1,9}$/, NOT_STORE_IDS)
  stores?: string[]
}

export class DryRunRequest {
  @ApiProperty({ format: 'uuid', description: 'The case, judged as it is now.' })
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'must be the id of a case' })
  caseId: string
}

export class ChangeTermsRequest {
  @ApiProperty({ type: Object, description: 'What the merchant sets; see GET for what counts now.' })
  @IsObject({ message: 'must be a document' })
  document: Record<string, unknown>

  @ApiProperty({ description: 'The version that was read; 0 if nothing was set yet.' })
  @IsInt(NOT_A_NUMBER)
  @Min(0)
  @Max(MAX_INTEGER)
  after: number
}

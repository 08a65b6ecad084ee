import { ApiProperty } from '@nestjs/swagger'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsUUID,
  Length,
} from 'class-validator'

/** Why a person erases a buyer. A choice, so that the audit holds no text that a person typed. */
export const REQUEST_REASONS = ['buyer-asked', 'authority-asked', 'no-longer-needed'] as const

/** More cases with one phone number are those of a shop or a forwarder, and no buyer's: `npm run erase` takes them. */
export const MOST_CASES = 1_000

export class ErasureRequestBody {
  @ApiProperty({ enum: REQUEST_REASONS, enumName: 'ErasureRequestReason' })
  @IsIn(REQUEST_REASONS, { message: `must be one of ${REQUEST_REASONS.join(', ')}` })
  reason: (typeof REQUEST_REASONS)[number]

  @ApiProperty({ description: 'The number of the case, typed by who requests it.' })
  @IsString()
  @Length(1, 100)
  caseNumber: string

  @ApiProperty({ type: [String], format: 'uuid', description: 'All cases that the preview listed.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CASES)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  cases: string[]

  @ApiProperty({ description: 'Cases that are still open are erased, too, and their evidence is lost.' })
  @IsBoolean()
  withOpen: boolean
}

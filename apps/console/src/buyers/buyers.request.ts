import { ApiProperty } from '@nestjs/swagger'
import { IsIn } from 'class-validator'

export const REVEALED_FIELDS = ['name', 'phone'] as const

/** Why a person must see it. A choice, so that the audit holds no text that a person typed. */
export const REVEAL_REASONS = [
  'call-the-buyer',
  'check-identity',
  'check-a-parcel',
  'transfer-money',
  'asked-by-authorities',
] as const

export class RevealRequest {
  @ApiProperty({ enum: REVEALED_FIELDS, enumName: 'RevealedField' })
  @IsIn(REVEALED_FIELDS, { message: `must be one of ${REVEALED_FIELDS.join(', ')}` })
  field: (typeof REVEALED_FIELDS)[number]

  @ApiProperty({ enum: REVEAL_REASONS, enumName: 'RevealReason' })
  @IsIn(REVEAL_REASONS, { message: `must be one of ${REVEAL_REASONS.join(', ')}` })
  reason: (typeof REVEAL_REASONS)[number]
}

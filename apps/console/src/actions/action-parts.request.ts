import { applyDecorators } from '@nestjs/common'
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { ArrayMaxSize, IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator'
import type { ActionName, AppealKind } from '#after-sale'
import { APPEAL_KIND_NAMES } from '#after-sale'
import { NestedList, Optional } from '../input/validation'

const MAX_TEXT_LENGTH = 2_000
/** One million yuan: more is a typing error. */
const MAX_FEN = 100_000_000
const NOT_FEN = { message: 'must be whole fen' }
const NOT_A_TEXT = { message: 'must be a text' }

/** The `name` of an action, which selects its body. */
export const ActionNameField = (name: ActionName): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: String, enum: [name] }), IsIn([name]))

/** A text that goes to the buyer or the marketplace as it is. */
export const OutgoingTextField = (minLength: 0 | 1 = 0): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, description: 'Sent as it is.', minLength, maxLength: MAX_TEXT_LENGTH }),
    IsString(NOT_A_TEXT),
    Length(minLength, MAX_TEXT_LENGTH),
  )

export const NoteField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: String, description: 'Sent to the buyer as it is.', maxLength: MAX_TEXT_LENGTH }),
    Optional(),
    IsString(NOT_A_TEXT),
    Length(0, MAX_TEXT_LENGTH),
  )

export const AddressIdField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      description: "The return address, by the marketplace's number of it; the store's own if absent.",
    }),
    Optional(),
    Matches(/^\w{1,40}$/, { message: 'must be the number of an address' }),
  )

export const AmountField = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: 'integer', description: 'Fen.', example: 3000 }),
    IsInt(NOT_FEN),
    Min(1),
    Max(MAX_FEN),
  )

export class EvidenceReferenceRequest {
  @ApiProperty({ description: 'SHA-256 of the bytes, lower hex.', example: 'a'.repeat(64) })
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be a SHA-256 in lower hex' })
  hash: string

  @ApiProperty({ enum: ['image', 'video', 'document'] })
  @IsIn(['image', 'video', 'document'])
  kind: 'image' | 'video' | 'document'
}

export const EvidenceListField = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [EvidenceReferenceRequest], description: 'Pieces of the case.' }),
    ArrayMaxSize(20),
    NestedList(() => EvidenceReferenceRequest),
  )

export class ShipmentRequest {
  @ApiProperty({
    description: "The marketplace's own code of the carrier. Only letters, digits and `_.-` of it are recorded.",
    example: 'SF',
  })
  @IsString(NOT_A_TEXT)
  @Length(1, 60)
  carrier: string

  @ApiPropertyOptional({ example: '顺丰' })
  @Optional()
  @IsString(NOT_A_TEXT)
  @Length(1, 60)
  carrierName?: string

  @ApiProperty({ example: 'SF1234567890' })
  @Matches(/^[\w-]{4,60}$/, { message: 'must be a tracking number' })
  tracking: string
}

export class AppealItemRequest {
  @ApiProperty({ enum: APPEAL_KIND_NAMES })
  @IsIn([...APPEAL_KIND_NAMES])
  kind: AppealKind

  @ApiPropertyOptional({
    type: 'integer',
    description: 'What is claimed back, fen; a liability appeal claims nothing.',
  })
  @Optional()
  @IsInt(NOT_FEN)
  @Min(1)
  @Max(MAX_FEN)
  amount?: number

  @OutgoingTextField()
  text: string
}

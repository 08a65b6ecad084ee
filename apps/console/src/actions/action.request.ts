import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator'
import type { ActionName, AppealKind } from '#after-sale'
import { Nested, NestedList, Optional } from '../input/validation'

const LONGEST_TEXT = 2_000
const HIGHEST_FEN = 100_000_000
const FEN = { message: 'must be whole fen' }
const WORDS = { message: 'must be a text' }

class EvidenceReferenceRequest {
  @ApiProperty({ description: 'SHA-256 of the bytes, lower hex.' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'must be a SHA-256 in lower hex' })
  hash: string

  @ApiProperty({ enum: ['image', 'video', 'document'] })
  @IsIn(['image', 'video', 'document'])
  kind: 'image' | 'video' | 'document'
}

class ShipmentRequest {
  @ApiProperty({
    description:
      "The marketplace's own word for the carrier. Only a code (letters, digits, `_.-`) is kept in the record.",
  })
  @IsString(WORDS)
  @Length(1, 60)
  carrier: string

  @ApiPropertyOptional()
  @Optional()
  @IsString(WORDS)
  @Length(1, 60)
  carrierName?: string

  @ApiProperty()
  @Matches(/^[\w-]{4,60}$/, { message: 'must be a tracking number' })
  tracking: string
}

class AppealItemRequest {
  @ApiProperty({ enum: ['liability', 'goods-money', 'freight', 'other'] })
  @IsIn(['liability', 'goods-money', 'freight', 'other'])
  kind: AppealKind

  @ApiPropertyOptional({ description: 'fen' })
  @Optional()
  @IsInt(FEN)
  @Min(1)
  @Max(HIGHEST_FEN)
  amount?: number

  @ApiProperty()
  @IsString(WORDS)
  @Length(0, LONGEST_TEXT)
  text: string
}

/** An action that needs nothing but its name. */
class Plain {
  @ApiProperty()
  @IsString()
  @Length(1, 40)
  name: ActionName
}

class Noted extends Plain {
  @ApiPropertyOptional()
  @Optional()
  @IsString(WORDS)
  @Length(0, LONGEST_TEXT)
  note?: string
}

class Addressed extends Plain {
  @ApiPropertyOptional({ description: "The return address, as the marketplace numbers it; the store's own if absent." })
  @Optional()
  @Matches(/^\w{1,40}$/, { message: 'must be the number of an address' })
  addressId?: string
}

class AddressedNoted extends Addressed {
  @ApiPropertyOptional()
  @Optional()
  @IsString(WORDS)
  @Length(0, LONGEST_TEXT)
  note?: string
}

class Repairing extends Addressed {
  @ApiProperty()
  @IsBoolean()
  sendBack: boolean
}

class Shipped extends Plain {
  @ApiProperty({ type: ShipmentRequest })
  @IsDefined()
  @Nested(() => ShipmentRequest)
  shipment: ShipmentRequest
}

class Receiving extends Plain {
  @ApiPropertyOptional({ type: ShipmentRequest })
  @Optional()
  @Nested(() => ShipmentRequest)
  shipment?: ShipmentRequest

  @ApiProperty({ description: 'Whether the goods came back as they should.' })
  @IsBoolean()
  fit: boolean
}

class Proved extends Plain {
  @ApiProperty({ type: [EvidenceReferenceRequest] })
  @ArrayMaxSize(20)
  @NestedList(() => EvidenceReferenceRequest)
  evidence: EvidenceReferenceRequest[]
}

class Rejecting extends Proved {
  @ApiPropertyOptional()
  @Optional()
  @Matches(/^\w{1,40}$/, { message: 'must be the code of a reason' })
  reasonCode?: string

  @ApiProperty()
  @IsString(WORDS)
  @Length(0, LONGEST_TEXT)
  reason: string

  @ApiProperty()
  @IsString(WORDS)
  @Length(0, LONGEST_TEXT)
  explanation: string
}

class Arguing extends Proved {
  @ApiProperty()
  @IsString(WORDS)
  @Length(0, LONGEST_TEXT)
  text: string
}

class Negotiating extends Arguing {
  @ApiProperty()
  @IsString(WORDS)
  @Length(1, 200)
  plan: string
}

class Appealing extends Proved {
  @ApiProperty({ type: [AppealItemRequest] })
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  @NestedList(() => AppealItemRequest)
  items: AppealItemRequest[]
}

class Said extends Plain {
  @ApiProperty()
  @IsString(WORDS)
  @Length(1, LONGEST_TEXT)
  text: string
}

class Paying extends Said {
  @ApiProperty({ description: 'fen' })
  @IsInt(FEN)
  @Min(1)
  @Max(HIGHEST_FEN)
  amount: number
}

/** What each action must carry; total, so that an action without its form does not compile. */
const FORMS: Readonly<Record<ActionName, new () => Plain>> = {
  'approve-return': AddressedNoted,
  'approve-refund': Noted,
  'approve-exchange': Addressed,
  'approve-resend': Plain,
  'approve-repair': Repairing,
  'ship-exchange': Shipped,
  reject: Rejecting,
  'turn-into-refund': Plain,
  'propose-amount': Paying,
  intercept: Shipped,
  'approve-refusal': Plain,
  'send-small-payment': Paying,
  negotiate: Negotiating,
  'submit-evidence': Arguing,
  'answer-work-order': Arguing,
  'request-intervention': Arguing,
  appeal: Appealing,
  'withdraw-appeal': Plain,
  'confirm-receipt': Receiving,
  'extend-time': Plain,
  'add-remark': Said,
  'cancel-sending': Plain,
}

const forms = [...new Set(Object.values(FORMS))]

/** Marks a field as an action, checked by the form of its name. */
export function AnAction(): PropertyDecorator {
  return (target, key) => {
    ApiExtraModels(...forms)(target.constructor)
    ApiProperty({
      oneOf: forms.map((form) => ({ $ref: getSchemaPath(form) })),
      description: `\`name\` is one of ${Object.keys(FORMS).join(', ')}.`,
    })(target, key)
    IsDefined({ message: 'must be an action of the glossary' })(target, key)
    IsObject({ message: 'must be an action of the glossary' })(target, key)
    ValidateNested({ message: 'must be an action of the glossary' })(target, key)
    Type(() => NoAction, {
      discriminator: { property: 'name', subTypes: Object.entries(FORMS).map(([name, value]) => ({ name, value })) },
      keepDiscriminatorProperty: true,
    })(target, key)
  }
}

/** What is none of them. */
class NoAction {
  @IsIn(Object.keys(FORMS), { message: 'must be an action of the glossary' })
  name: string
}

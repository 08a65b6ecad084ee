import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator'
import type { Action, ActionWarning, GoodsCategory, PaymentMethod } from '#after-sale'
import { ACTION_WARNINGS, GOODS_CATEGORIES, PAYMENT_METHODS } from '#after-sale'
import { AnAction } from './action.request'
import { CaseParams } from '../cases/cases.request'
import { Paged } from '../input/paging.request'
import { AsInstant, AsList, Nested, NestedList, Optional } from '../input/validation'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }
const FEN = { message: 'must be whole fen' }
const HIGHEST_FEN = 100_000_000
const CATEGORIES = Object.keys(GOODS_CATEGORIES)
const warnings = Object.keys(ACTION_WARNINGS)
const METHODS = Object.keys(PAYMENT_METHODS)

/** What the asker knows beside what the marketplace tells; what he leaves out is unknown. */
export class FactsRequest {
  @ApiPropertyOptional({ description: 'There is a conversation with the buyer.' })
  @Optional()
  @IsBoolean()
  chatExists?: boolean

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  groupFormed?: boolean

  @ApiPropertyOptional({
    enum: METHODS,
    description: 'How the order was paid: what the way back of the money takes depends on it.',
  })
  @Optional()
  @IsIn(METHODS)
  paymentMethod?: PaymentMethod

  @ApiPropertyOptional({
    enum: CATEGORIES,
    description: 'What kind of goods it is; `goodsCategories` of the glossary.',
  })
  @Optional()
  @IsIn(CATEGORIES, { message: 'must be a category of goods of the glossary' })
  category?: GoodsCategory

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  freeShipping?: boolean

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  ownAttempt?: boolean

  @ApiPropertyOptional({ description: 'The reason chosen for the rejection asks for evidence.' })
  @Optional()
  @IsBoolean()
  evidenceWanted?: boolean

  @ApiPropertyOptional({ description: 'The goods can be returned within seven days without reason.' })
  @Optional()
  @IsBoolean()
  sevenDayGoods?: boolean

  @ApiPropertyOptional({ description: 'There is something to send instead.' })
  @Optional()
  @IsBoolean()
  replacementAtHand?: boolean

  @ApiPropertyOptional({ description: 'What the buyer agreed to have refunded, fen.' })
  @Optional()
  @IsInt(FEN)
  @Min(0)
  @Max(HIGHEST_FEN)
  agreedRefund?: number

  @ApiPropertyOptional({ description: 'The small payment for which the buyer agreed to end the case, fen.' })
  @Optional()
  @IsInt(FEN)
  @Min(0)
  @Max(HIGHEST_FEN)
  agreedPayment?: number

  @ApiPropertyOptional({ description: 'Small payments that the back office shows for this case, fen.' })
  @Optional()
  @IsInt(FEN)
  @Min(0)
  @Max(HIGHEST_FEN)
  smallPaid?: number
}

export class ActRequest {
  @AnAction()
  action: Action

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: '`revision` of the case as it was looked at. If it has changed since, the action is refused.',
  })
  @AsInstant()
  @IsInt(INSTANT)
  judged: number

  @ApiPropertyOptional({
    type: [String],
    deprecated: true,
    description: 'Has no effect: warnings are confirmed with `confirmation`.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(40)
  @IsIn(warnings, { each: true, message: 'must be warnings of the glossary' })
  confirmed?: ActionWarning[]

  @ApiPropertyOptional({
    description:
      'Confirms warnings: `confirmation` of the 409 that listed them, as it came. It is valid for ten minutes, for this person, case, revision and action with all its parameters.',
  })
  @Optional()
  @IsString({ message: 'must be a text' })
  @Length(1, 1_000)
  confirmation?: string

  @ApiPropertyOptional({ type: FactsRequest })
  @Optional()
  @Nested(() => FactsRequest)
  facts?: FactsRequest
}

export class BatchItem extends ActRequest {
  @ApiProperty({ format: 'uuid' })
  @Matches(UUID, { message: 'must be the id of a case' })
  caseId: string

  @ApiProperty({
    format: 'uuid',
    description: "The asker's own id of this action: asked again with it, it is the same action.",
  })
  @Matches(UUID, { message: 'must be a UUID' })
  intent: string
}

export class BatchRequest {
  @ApiProperty({ type: [BatchItem], maxItems: 50 })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @NestedList(() => BatchItem)
  items: BatchItem[]
}

export class IntentParams extends CaseParams {
  @ApiProperty({ description: 'The id of an action.' })
  @Matches(/^[\w-]{1,80}$/, { message: 'must be the id of an action' })
  intent: string
}

export class CloseRequest {
  @ApiProperty({
    enum: ['withdrawn', 'confirmed', 'lapsed'],
    description: 'Taken back before it was sent; or what the person saw for himself.',
  })
  @IsIn(['withdrawn', 'confirmed', 'lapsed'])
  as: 'withdrawn' | 'confirmed' | 'lapsed'
}

class OfStores {
  @ApiPropertyOptional({ type: String, description: 'Numbers of stores, separated by commas.' })
  @Optional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(500)
  @Matches(/^\d{1,9}$/, { each: true, message: 'must be numbers of stores, separated by commas' })
  store?: string[]
}

export class TasksRequest extends IntersectionType(OfStores, Paged) {}

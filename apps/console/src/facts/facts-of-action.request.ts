import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator'
import type { GoodsCategory, PaymentMethod } from '#after-sale'
import { GOODS_CATEGORIES, PAYMENT_METHODS } from '#after-sale'
import { Optional } from '../input/validation'

const NOT_FEN = { message: 'must be whole fen' }
const MAX_FEN = 100_000_000
const CATEGORY_NAMES = Object.keys(GOODS_CATEGORIES)
const PAYMENT_METHOD_NAMES = Object.keys(PAYMENT_METHODS)

/** What the caller knows beyond what the marketplace reports; what is left out is unknown. */
export class FactsOfActionRequest {
  @ApiPropertyOptional({ description: 'There is a conversation with the buyer.' })
  @Optional()
  @IsBoolean()
  chatExists?: boolean

  @ApiPropertyOptional()
  @Optional()
  @IsBoolean()
  groupFormed?: boolean

  @ApiPropertyOptional({
    enum: PAYMENT_METHOD_NAMES,
    description: 'How the order was paid: what the way back of the money takes depends on it.',
  })
  @Optional()
  @IsIn(PAYMENT_METHOD_NAMES)
  paymentMethod?: PaymentMethod

  @ApiPropertyOptional({
    enum: CATEGORY_NAMES,
    description: 'What kind of goods it is; `goodsCategories` of the glossary.',
  })
  @Optional()
  @IsIn(CATEGORY_NAMES, { message: 'must be a category of goods of the glossary' })
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
  @IsInt(NOT_FEN)
  @Min(0)
  @Max(MAX_FEN)
  agreedRefund?: number

  @ApiPropertyOptional({ description: 'The small payment for which the buyer agreed to end the case, fen.' })
  @Optional()
  @IsInt(NOT_FEN)
  @Min(0)
  @Max(MAX_FEN)
  agreedPayment?: number

  @ApiPropertyOptional({ description: 'Small payments that the back office shows for this case, fen.' })
  @Optional()
  @IsInt(NOT_FEN)
  @Min(0)
  @Max(MAX_FEN)
  smallPaid?: number
}

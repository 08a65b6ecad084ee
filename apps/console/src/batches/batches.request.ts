import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator'
import type { Action } from '#after-sale'
import { ACTION_WARNINGS } from '#after-sale'
import { MAX_BATCH_CASES } from '#case-handling'
import { BATCH_OUTCOMES, type BatchOutcome } from '#read-models'
import { ActionField } from '../actions/action.request'
import { FactsOfActionRequest } from '../facts/facts-of-action.request'
import { PageSizeRequest } from '../input/paging.request'
import { AsInteger, AsList, Nested, Optional } from '../input/validation'
import { QueueFilterRequest } from '../queue/queue.request'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const WARNINGS = Object.keys(ACTION_WARNINGS)

/** Cases by their ids, or all that a filter matches. */
export class CaseSelectionRequest {
  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_BATCH_CASES,
    description: 'These cases, in this order; or `filter`.',
  })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BATCH_CASES)
  @ArrayUnique({ message: 'must name no case twice' })
  @Matches(UUID, { each: true, message: 'must be ids of cases' })
  caseIds?: string[]

  @ApiPropertyOptional({
    type: QueueFilterRequest,
    description: 'All cases that /api/queue shows with this filter; or `caseIds`.',
  })
  @Optional()
  @Nested(() => QueueFilterRequest)
  filter?: QueueFilterRequest
}

export class FreezeBatchRequest extends CaseSelectionRequest {
  @ActionField()
  action: Action

  @ApiPropertyOptional({ type: FactsOfActionRequest, description: 'What the caller knows of every case of the set.' })
  @Optional()
  @Nested(() => FactsOfActionRequest)
  facts?: FactsOfActionRequest
}

export class BatchParams {
  @ApiProperty({ format: 'uuid', description: 'The id of a batch.' })
  @Matches(UUID, { message: 'must be the id of a batch' })
  id: string
}

/** What the person has read. If the frozen set is not this, nothing is sent. */
export class StartBatchRequest {
  @ApiProperty({ type: 'integer', description: '`toSend` of the preview.' })
  @IsInt({ message: 'must be a whole number' })
  @Min(1)
  @Max(MAX_BATCH_CASES)
  cases: number

  @ApiProperty({ type: 'integer', description: '`totalFen` of the preview.' })
  @IsInt({ message: 'must be whole fen' })
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  totalFen: number

  @ApiProperty({
    type: [String],
    enum: WARNINGS,
    description: 'All warnings of the preview, which are confirmed hereby.',
  })
  @IsArray()
  @ArrayMaxSize(40)
  @IsIn(WARNINGS, { each: true, message: 'must be warnings of the glossary' })
  warnings: string[]
}

export class BatchItemsRequest extends PageSizeRequest {
  @ApiPropertyOptional({ type: String, description: `Of ${BATCH_OUTCOMES.join(', ')}; separated by commas.` })
  @Optional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(BATCH_OUTCOMES.length)
  @IsIn([...BATCH_OUTCOMES], { each: true, message: 'must be outcomes, separated by commas' })
  outcome?: BatchOutcome[]

  @ApiPropertyOptional({ description: 'A reason as the batch shows it with the outcome.' })
  @Optional()
  @IsString()
  @Length(1, 100)
  reason?: string

  @ApiPropertyOptional({ type: Number, description: '`next` of the previous page.' })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be the `next` of the page before' })
  @Min(0)
  @Max(MAX_BATCH_CASES)
  cursor?: number
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsString, Length, Matches } from 'class-validator'
import type { Action, ActionWarning } from '#after-sale'
import { ACTION_WARNINGS } from '#after-sale'
import { CaseParams } from '../cases/cases.request'
import { FactsOfActionRequest } from '../facts/facts-of-action.request'
import { AsInstant, Nested, NestedList, Optional } from '../input/validation'
import { ActionField } from './action.request'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NOT_AN_INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }
const WARNINGS = Object.keys(ACTION_WARNINGS)

export class ActOnCaseRequest {
  @ActionField()
  action: Action

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: '`revision` of the case that was judged. If the case has changed since, the action is refused.',
  })
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  /** UTC ms: `AsInstant` has parsed the text by the time that it is validated. */
  judged: number

  @ApiPropertyOptional({
    type: [String],
    deprecated: true,
    description: 'Has no effect: warnings are confirmed with `confirmation`.',
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(40)
  @IsIn(WARNINGS, { each: true, message: 'must be warnings of the glossary' })
  confirmed?: ActionWarning[]

  @ApiPropertyOptional({
    description:
      'Confirms warnings: `confirmation` of the 409 that listed them, unchanged. It is valid for ten minutes, for this person, case, revision and action with all its parameters.',
  })
  @Optional()
  @IsString({ message: 'must be a text' })
  @Length(1, 1_000)
  confirmation?: string

  @ApiPropertyOptional({ type: FactsOfActionRequest })
  @Optional()
  @Nested(() => FactsOfActionRequest)
  facts?: FactsOfActionRequest
}

export class ActionOfBatchRequest extends ActOnCaseRequest {
  @ApiProperty({ format: 'uuid' })
  @Matches(UUID, { message: 'must be the id of a case' })
  caseId: string

  @ApiProperty({
    format: 'uuid',
    description: "The caller's own id of this action: sent again with it, it is the same action.",
  })
  @Matches(UUID, { message: 'must be a UUID' })
  intent: string
}

export class ActOnCasesRequest {
  @ApiProperty({ type: [ActionOfBatchRequest], maxItems: 50 })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @NestedList(() => ActionOfBatchRequest)
  items: ActionOfBatchRequest[]
}

export class ActionParams extends CaseParams {
  @ApiProperty({ description: 'The id of an action.' })
  @Matches(/^[\w-]{1,80}$/, { message: 'must be the id of an action' })
  intent: string
}

export class CloseActionRequest {
  @ApiProperty({
    enum: ['withdrawn', 'confirmed', 'lapsed'],
    description:
      '`withdrawn`: not to be sent; else what the operator saw in the back office: it happened, or it did not.',
  })
  @IsIn(['withdrawn', 'confirmed', 'lapsed'])
  as: 'withdrawn' | 'confirmed' | 'lapsed'
}

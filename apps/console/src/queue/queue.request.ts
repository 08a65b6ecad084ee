import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger'
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Length, Matches, Min } from 'class-validator'
import type { Kind, Status, Turn } from '#after-sale'
import { KINDS, STATUSES, TURNS } from '#after-sale'
import { PageRequest } from '../input/paging.request'
import { AsInstant, AsInteger, AsList, Optional } from '../input/validation'

const TURN_NAMES = Object.keys(TURNS)
const KIND_NAMES = Object.keys(KINDS)
const STATUS_NAMES = Object.keys(STATUSES)
const NOT_AN_INSTANT = { message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' }
const NOT_FEN = { message: 'must be whole fen' }
const NOT_STORE_IDS = { each: true, message: 'must be numbers of stores, separated by commas' }

/** The filters that every list of the queue has. */
export class QueueScopeRequest {
  @ApiPropertyOptional({ description: 'One marketplace.' })
  @Optional()
  @IsString()
  @Length(1, 40)
  marketplace?: string

  @ApiPropertyOptional({ type: String, description: 'Numbers of stores, separated by commas.' })
  @Optional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(500)
  @Matches(/^\d{1,9}$/, NOT_STORE_IDS)
  store?: string[]

  @ApiPropertyOptional({ type: String, description: `Of ${KIND_NAMES.join(', ')}; separated by commas.` })
  @Optional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(KIND_NAMES, { each: true, message: 'must be kinds of the glossary, separated by commas' })
  kind?: Kind[]

  @ApiPropertyOptional({ type: String, description: `Of ${STATUS_NAMES.join(', ')}; separated by commas.` })
  @Optional()
  @AsList()
  @IsArray()
  @ArrayMaxSize(40)
  @IsIn(STATUS_NAMES, { each: true, message: 'must be statuses of the glossary, separated by commas' })
  status?: Status[]

  @ApiPropertyOptional({
    type: String,
    description: '`me`: cases that the caller has taken; `none`: unassigned cases; or the id of a colleague.',
  })
  @Optional()
  @Matches(/^(?:me|none|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, {
    message: 'must be me, none, or the id of a person',
  })
  assignee?: string
}

/** Everything that the queue can be filtered by. */
export class QueueFilterRequest extends QueueScopeRequest {
  @ApiPropertyOptional({
    enum: TURN_NAMES,
    description: 'Whose turn it is; `nobody`: finished cases. Absent: all open cases.',
  })
  @Optional()
  @IsIn(TURN_NAMES, { message: 'must be a turn of the glossary' })
  turn?: Turn

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Due at this time or later.' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  dueFrom?: number

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Due before this time.' })
  @Optional()
  @AsInstant()
  @IsInt(NOT_AN_INSTANT)
  dueTo?: number

  @ApiPropertyOptional({ type: Number, description: 'At least this much at risk, fen.' })
  @Optional()
  @AsInteger()
  @IsInt(NOT_FEN)
  @Min(0, NOT_FEN)
  riskFrom?: number

  @ApiPropertyOptional({ type: Number, description: 'At most this much at risk, fen.' })
  @Optional()
  @AsInteger()
  @IsInt(NOT_FEN)
  @Min(0, NOT_FEN)
  riskTo?: number
}

export class QueueRequest extends IntersectionType(QueueFilterRequest, PageRequest) {
  @ApiPropertyOptional({
    enum: ['deadline', 'risk'],
    default: 'deadline',
    description: 'Finished cases are always sorted by their newest change.',
  })
  @Optional()
  @IsIn(['deadline', 'risk'], { message: 'must be deadline or risk' })
  sort: 'deadline' | 'risk' = 'deadline'
}

import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger'
import { Transform } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
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
import type { CatalogueName, Grain, MetricPart } from '#analytics'
import { CATALOGUE_NAMES, DIMENSIONS, METRIC_PARTS } from '#analytics'
import { PageSizeRequest } from '../input/paging.request'
import { AsInteger, AsList, Optional } from '../input/validation'

export const GRAINS = ['day', 'week', 'month', 'range'] as const
export const ZONES = ['Asia/Shanghai'] as const
const DIMENSION_NAMES = Object.keys(DIMENSIONS)
const MOST_METRICS = 6
const MOST_FILTERS = 100
/** Beyond so many values a table is read by no one, and its answer does not fit. */
const MOST_MEMBERS = 200
const NOT_A_DAY = { message: 'must be a day, e.g. 2026-11-22' }
const DAY = /^\d{4}-\d\d-\d\d$/

/** A parameter that can be given several times. */
const AsRepeated = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
const AsFlag = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))

/** The days and filters that every question has. */
class RangeRequest {
  @ApiProperty({ description: 'The first day, of the time zone.', example: '2026-11-01' })
  @Matches(DAY, NOT_A_DAY)
  from: string

  @ApiProperty({ description: 'The day after the last one.', example: '2026-12-01' })
  @Matches(DAY, NOT_A_DAY)
  to: string

  @ApiPropertyOptional({
    type: [String],
    description: `\`dimension:value\`, several times; values of the same dimension are alternatives. Dimensions: ${DIMENSION_NAMES.join(', ')}.`,
    example: ['kind:refund-only'],
  })
  @Optional()
  @AsRepeated()
  @IsArray()
  @ArrayMaxSize(MOST_FILTERS)
  @ArrayUnique()
  @Matches(/^[a-z_]{1,30}:[^]{0,200}$/, { each: true, message: 'must be dimension:value' })
  filter?: string[]

  @ApiPropertyOptional({
    enum: ZONES,
    default: ZONES[0],
    description: 'The zone of days; the only one that is counted by.',
  })
  @Optional()
  @IsIn(ZONES, { message: `must be ${ZONES[0]}` })
  timeZone: (typeof ZONES)[number] = ZONES[0]
}

export class FiguresRequest extends RangeRequest {
  @ApiProperty({
    type: String,
    description: 'Names of the catalogue, separated by commas.',
    example: 'cases,refunded_fen',
  })
  @AsList()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_METRICS)
  @ArrayUnique()
  @IsIn(CATALOGUE_NAMES, { each: true, message: 'must be metrics of the catalogue, separated by commas' })
  metrics: CatalogueName[]

  @ApiPropertyOptional({
    enum: GRAINS,
    default: 'day',
    description: 'One row for each; weeks begin on Monday. `range`: one row.',
  })
  @Optional()
  @IsIn(GRAINS, { message: `must be one of ${GRAINS.join(', ')}` })
  grain: Grain = 'day'

  @ApiPropertyOptional({ enum: DIMENSION_NAMES, description: 'One row for each of its values; absent: undivided.' })
  @Optional()
  @IsIn(DIMENSION_NAMES, { message: 'must be a dimension of the catalogue' })
  dimension?: string

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Also the same number of periods before.' })
  @Optional()
  @AsFlag()
  @IsBoolean()
  compare = false

  @ApiPropertyOptional({
    type: Number,
    default: 50,
    minimum: 1,
    maximum: MOST_MEMBERS,
    description: 'So many values of the dimension: those of which the most was counted.',
  })
  @Optional()
  @AsInteger()
  @IsInt({ message: 'must be a whole number' })
  @Min(1)
  @Max(MOST_MEMBERS)
  top = 50
}

export class FigureExportRequest extends FiguresRequest {
  @ApiPropertyOptional({ enum: ['csv', 'parquet'], default: 'csv', description: 'The kind of file.' })
  @Optional()
  @IsIn(['csv', 'parquet'], { message: 'must be csv or parquet' })
  format: 'csv' | 'parquet' = 'csv'

  @ApiPropertyOptional({
    enum: ['program', 'spreadsheet'],
    default: 'program',
    description:
      'Of CSV. `spreadsheet`: with a byte order mark and headings in words, money in yuan, long ids and formulas as text. `program`: names and values as in the other answers.',
  })
  @Optional()
  @IsIn(['program', 'spreadsheet'], { message: 'must be program or spreadsheet' })
  reader: 'program' | 'spreadsheet' = 'program'

  @ApiPropertyOptional({
    enum: ['zh', 'en'],
    default: 'zh',
    description: 'The language of the headings of a spreadsheet.',
  })
  @Optional()
  @IsIn(['zh', 'en'], { message: 'must be zh or en' })
  language: 'zh' | 'en' = 'zh'
}

export class CasesBehindRequest extends IntersectionType(RangeRequest, PageSizeRequest) {
  @ApiProperty({ enum: CATALOGUE_NAMES, example: 'dispute_refund_rate' })
  @IsIn(CATALOGUE_NAMES, { message: 'must be a metric of the catalogue' })
  metric: CatalogueName

  @ApiPropertyOptional({ enum: METRIC_PARTS, default: 'numerator', description: 'Which of the sums of the metric.' })
  @Optional()
  @IsIn(METRIC_PARTS, { message: `must be one of ${METRIC_PARTS.join(', ')}` })
  part: MetricPart = 'numerator'

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @Optional()
  @IsString()
  @Length(1, 600)
  cursor?: string
}

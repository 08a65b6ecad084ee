import { ApiSchema } from '@nestjs/swagger'
import type { CatalogueName, Grain, MetricPart, NoValue } from '#analytics'
import { CATALOGUE_NAMES, DIMENSIONS, METRIC_PARTS } from '#analytics'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  EnumField,
  InstantField,
  NumberField,
  ObjectField,
  ObjectListField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'
import { GRAINS } from './analytics.request'

const NO_VALUES: readonly NoValue[] = ['no-denominator', 'no-cases', 'not-yet']
const DAY = { example: '2026-11-22' }

/** How far the cases were followed when it was asked. */
class FollowedAnswer {
  @InstantField({ nullable: true, description: 'Up to when the cases were followed; null: not yet at all.' })
  asOf: string | null

  @TextField({ description: 'The position of the log: the same question at the same position has the same answer.' })
  position: string
}

@ApiSchema({ name: 'FigureValue' })
class FigureValueAnswer {
  @CountField({ nullable: true, description: 'What was added up; of a percentile, how many cases it is of.' })
  numerator: number | null

  @CountField({ nullable: true, description: 'null: the metric has none, or it is not known yet.' })
  denominator: number | null

  @CountField({ nullable: true, description: 'Rows of which it is unknown whether they belong to it; in neither sum.' })
  unknown: number | null

  @NumberField({ nullable: true, description: 'null: there is none, which is not 0.', example: 0.25 })
  value: number | null

  @EnumField(NO_VALUES, 'NoFigure', { nullable: true, description: 'Why there is no value.' })
  reason: NoValue | null
}

@ApiSchema({ name: 'FigureRow' })
export class FigureRowAnswer extends FigureValueAnswer {
  @TextField({ description: 'The first day of the period.', ...DAY })
  period: string

  @TextField({ description: 'The value of the dimension; empty where undivided.' })
  member: string

  @ObjectField(() => FigureValueAnswer, { nullable: true, description: 'The period before; null: not asked for.' })
  before: FigureValueAnswer | null
}

@ApiSchema({ name: 'Figure' })
export class FigureAnswer {
  @EnumField(CATALOGUE_NAMES, 'MetricName')
  metric: CatalogueName

  @CountField({ description: 'The version of its meaning.', example: 1 })
  version: number

  @EnumField(['count', 'fen', 'share', 'ms'], 'Unit', { description: 'A share is from 0 to 1.' })
  unit: string

  @ObjectListField(() => FigureRowAnswer, { description: 'Every period of the range, also those without cases.' })
  rows: FigureRowAnswer[]

  @CountField({ description: 'Values of the dimension beyond `top`, of which no row is shown.' })
  membersOmitted: number
}

@ApiSchema({ name: 'FigureMember' })
export class FigureMemberAnswer {
  @TextField()
  value: string

  @TextField({ nullable: true, description: 'The name of a store; null: it has none.' })
  name: string | null
}

@ApiSchema({ name: 'Figures' })
export class FiguresAnswer extends FollowedAnswer {
  @TextField(DAY)
  from: string

  @TextField(DAY)
  to: string

  @EnumField(GRAINS, 'Grain')
  grain: Grain

  @TextField({ example: 'Asia/Shanghai' })
  timeZone: string

  @EnumField(DIMENSIONS, 'Dimension', { nullable: true })
  dimension: string | null

  @ObjectListField(() => FigureMemberAnswer, { description: 'The values of the dimension that are shown.' })
  members: FigureMemberAnswer[]

  @ObjectListField(() => FigureAnswer)
  figures: FigureAnswer[]
}

@ApiSchema({ name: 'CountedCase' })
export class CountedCaseAnswer {
  @UuidField()
  caseId: string

  @TextField({ description: 'The case number of the marketplace.' })
  caseNumber: string

  @TextField({ description: 'Which action, item of an appeal or deadline of the case; empty: the case itself.' })
  row: string

  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @TextField()
  marketplace: string

  @TextField({ description: 'A kind of the glossary, or `unknown`.' })
  kind: string

  @TextField()
  reasonFirst: string

  @TextField({ description: 'A status of the glossary, or `unknown`.' })
  status: string

  @TextField({ description: 'The day on which it counts.', ...DAY })
  day: string

  @CountField({
    description: 'What it adds to the number: 1, or fen; less than 0: what it takes off. All of a cell add up to it.',
  })
  adds: number
}

@ApiSchema({ name: 'CountedCases' })
export class CountedCasesPage extends FollowedAnswer {
  @ObjectListField(() => CountedCaseAnswer, { description: 'Newest day first.' })
  items: CountedCaseAnswer[]

  @TextField({ nullable: true, description: 'The cursor of the next page; null: this is the last.' })
  next: string | null
}

@ApiSchema({ name: 'DimensionDefinition' })
class DimensionAnswer {
  @EnumField(DIMENSIONS, 'Dimension')
  name: string

  @ObjectField(() => TermAnswer)
  label: TermAnswer
}

@ApiSchema({ name: 'MetricDefinition' })
export class MetricDefinitionAnswer {
  @EnumField(CATALOGUE_NAMES, 'MetricName')
  name: CatalogueName

  @EnumField(['simple', 'ratio', 'percentile', 'cumulative', 'derived'], 'MetricType')
  type: string

  @CountField({ description: 'Raised when the meaning changes.', example: 1 })
  version: number

  @TextField({ description: 'The day from which this version counts.', ...DAY })
  since: string

  @ObjectField(() => TermAnswer)
  label: TermAnswer

  @ObjectField(() => TermAnswer)
  description: TermAnswer

  @EnumField(['count', 'fen', 'share', 'ms'], 'Unit')
  unit: string

  @EnumField(METRIC_PARTS, 'MetricPart', { isArray: true, description: 'The sums of which the cases can be listed.' })
  parts: MetricPart[]

  @CountField({
    nullable: true,
    description: 'Summed over so many days up to the end of the period; null: the period.',
  })
  windowDays: number | null

  @ObjectListField(() => DimensionAnswer, { description: 'By what it can be divided and filtered.' })
  dimensions: DimensionAnswer[]

  @EnumField(GRAINS, 'Grain', { isArray: true })
  grains: Grain[]

  @TextField({ isArray: true, description: 'Rules of the trade that it follows.', example: ['R018'] } as never)
  rules: string[]

  @TextField({ isArray: true, description: 'Rules by which something is left out.', example: ['R068'] } as never)
  exclusions: string[]

  @EnumField(['rule', 'published', 'ours'], 'DefinitionSource')
  source: string

  @TextField({ description: 'When there is no value.' })
  nullWhen: string

  @TextField({ description: 'It as one statement over the roll-ups.' })
  sql: string
}

@ApiSchema({ name: 'MetricCatalogue' })
export class MetricCatalogueAnswer {
  @ObjectListField(() => MetricDefinitionAnswer)
  items: MetricDefinitionAnswer[]
}

import { Controller, Get, Query } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { MetricAnswer, MetricRequest, MetricValue } from '#analytics'
import { casesBehind, encodeFactPosition, metricNamed, parseFactPosition } from '#analytics'
import { may } from '#access'
import { isoOrNull } from '../core/instants'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import { forbidden } from '../security/access.guard'
import { currentActor } from '../security/current-actor'
import { Permission } from '../security/permission'
import {
  CountedCasesPage,
  FiguresAnswer,
  MetricCatalogueAnswer,
  type FigureAnswer,
  type FigureMemberAnswer,
} from './analytics.answer'
import { CasesBehindRequest, FiguresRequest } from './analytics.request'
import { definitions } from './definitions'
import { Figures, MOST_ROWS_OF_ANSWER, filtersOf } from './figures'

/** Figures over the caller's stores, and the cases behind each of them; from a case the way goes on to events and messages. */
@ApiTags('Analytics')
@Controller('api/analytics')
export class AnalyticsController {
  constructor(
    private readonly figures: Figures,
    private readonly scope: Scope,
  ) {}

  @Get('metrics')
  @Permission('analytics.read')
  @ApiOperation({ summary: 'List the metrics', description: 'What each figure means, and by what it can be divided.' })
  @ApiOkResponse({ type: MetricCatalogueAnswer })
  metrics(): MetricCatalogueAnswer {
    return { items: definitions() }
  }

  @Get('figures')
  @Permission('analytics.read')
  @ApiOperation({
    summary: 'Ask for figures',
    description:
      'Up to six metrics at one moment, by day, week or month. A ratio is two sums, divided last. What is not known is null with its reason, never 0.',
  })
  @ApiOkResponse({ type: FiguresAnswer })
  @Problems('not-understood', 'no-right-answer', 'figures-too-slow')
  async ask(@Query() request: FiguresRequest): Promise<FiguresAnswer> {
    const { asOf, position, figures } = await this.figures.ask(request, MOST_ROWS_OF_ANSWER)
    const { from, to, grain, timeZone, dimension } = request
    const answers = figures.map(figureOf)
    return {
      asOf: isoOrNull(asOf),
      position,
      from,
      to,
      grain,
      timeZone,
      dimension: dimension ?? null,
      members: dimension === undefined ? [] : await this.membersOf(dimension, answers),
      figures: answers,
    }
  }

  @Get('cases')
  @Permission('analytics.read')
  @ApiOperation({
    summary: 'List the cases behind a number',
    description:
      'What a cell adds up, newest day first: give its days, and its value of the dimension as a filter. Of a metric with a window, these are the cases of the window. Needs `cases.read`, too.',
  })
  @ApiOkResponse({ type: CountedCasesPage })
  @Problems('not-understood', 'no-right-answer', 'wrong-cursor', 'figures-too-slow')
  async cases(
    @Query() { metric, part, from, to, filter, cursor, limit }: CasesBehindRequest,
  ): Promise<CountedCasesPage> {
    if (!may(currentActor(), 'cases.read')) throw forbidden(['cases.read'])
    const asked = { metric, part, from, to, filters: filtersOf(filter), ...this.figures.limits() }
    const { facts, asOf, position } = await this.figures.atOneMoment(async (snapshot, followed) => {
      const after = cursor === undefined ? undefined : parseFactPosition(cursor)
      return { ...followed, facts: await casesBehind(snapshot, { ...asked, after, limit: limit + 1 }) }
    })
    const nameOf = await this.scope.storeNames()
    const shown = facts.slice(0, limit)
    const last = shown.at(-1)
    return {
      asOf: isoOrNull(asOf),
      position,
      items: shown.map(({ store, ...fact }) => ({ ...fact, store: nameOf(store) })),
      next: facts.length > limit && last !== undefined ? encodeFactPosition(last) : null,
    }
  }

  private async membersOf(dimension: string, figures: readonly FigureAnswer[]): Promise<FigureMemberAnswer[]> {
    const values = [...new Set(figures.flatMap(({ rows }) => rows.map(({ member }) => member)))].sort()
    if (dimension !== 'store') return values.map((value) => ({ value, name: null }))
    const nameOf = await this.scope.storeNames()
    return values.map((value) => ({ value, name: nameOf(Number(value)).name }))
  }
}

const valueOf = ({ numerator, denominator, unknown, value, reason }: MetricValue) => ({
  numerator,
  denominator: denominator ?? null,
  unknown: unknown ?? null,
  value,
  reason: reason ?? null,
})

const figureOf = ([{ metric }, { unit, rows, membersOmitted }]: readonly [
  MetricRequest,
  MetricAnswer,
]): FigureAnswer => ({
  metric,
  version: metricNamed(metric).version,
  unit,
  membersOmitted,
  rows: rows.map(({ period, member, before, ...value }) => ({
    period,
    member,
    ...valueOf(value),
    before: before === undefined ? null : valueOf(before),
  })),
})

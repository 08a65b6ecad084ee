import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import type { Followed, MetricAnswer, MetricRequest } from '#analytics'
import { QueryRefused, atOneMoment, checkpointOf, queryMetric } from '#analytics'
import { Scope } from '../core/scope'
import { problemOf } from '../problems/problem.filter'
import { currentActor } from '../security/current-actor'
import type { FiguresRequest } from './analytics.request'

/** Longer than any question over a sensible range takes; others wait for the connection meanwhile. */
const TIMEOUT_MS = 8_000
const MOST_PERIODS = 800
const DAYS_OF = { day: 1, week: 7, month: 28, range: Infinity } as const
/** PostgreSQL: `query_canceled`. */
const CANCELLED = '57014'

/** Figures at one moment, over the stores of the caller only. */
export interface AskedFigures extends Followed {
  readonly figures: readonly (readonly [MetricRequest, MetricAnswer])[]
}

/** Asks the roll-ups for the caller: organisation and stores are always the caller's. */
@Injectable()
export class Figures {
  constructor(
    private readonly database: DataSource,
    private readonly scope: Scope,
  ) {}

  /** @throws Problem where there is no right answer, or it takes too long */
  async ask(request: FiguresRequest): Promise<AskedFigures> {
    const requests = request.metrics.map((metric): MetricRequest => ({
      metric,
      ...this.limits(),
      from: request.from,
      to: request.to,
      grain: request.grain,
      ...(request.dimension === undefined ? {} : { dimension: request.dimension }),
      filters: filtersOf(request.filter),
      compareWithBefore: request.compare,
      top: request.top,
    }))
    requireShortRange(request)
    return this.atOneMoment(async (manager, followed) => {
      const figures: [MetricRequest, MetricAnswer][] = []
      for (const one of requests) figures.push([one, await queryMetric(manager, one)])
      return { ...followed, figures }
    })
  }

  /** Whose figures: what every question of this caller is narrowed to. */
  limits(): Pick<MetricRequest, 'org' | 'stores'> {
    return { org: this.scope.org, stores: currentActor().stores }
  }

  async atOneMoment<T>(ask: (manager: EntityManager, followed: Followed) => Promise<T>): Promise<T> {
    try {
      return await atOneMoment(this.database, TIMEOUT_MS, async (manager) =>
        ask(manager, await checkpointOf(manager, this.scope.org)),
      )
    } catch (error) {
      throw problemOfFigures(error)
    }
  }
}

function requireShortRange({ from, to, grain }: FiguresRequest): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  if (days / DAYS_OF[grain] > MOST_PERIODS)
    throw problemOfFigures(new QueryRefused('TooManyCells', `at most ${MOST_PERIODS} periods: take a coarser grain`))
}

/** `dimension:value`, also with colons in the value. */
export function filtersOf(filters: readonly string[] = []): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  for (const filter of filters) {
    const colon = filter.indexOf(':')
    const dimension = filter.slice(0, colon)
    found.set(dimension, [...(found.get(dimension) ?? []), filter.slice(colon + 1)])
  }
  return Object.fromEntries(found)
}

function problemOfFigures(error: unknown): unknown {
  if (error instanceof QueryRefused)
    return error.reason === 'BadCursor'
      ? problemOf('wrong-cursor')
      : problemOf('no-right-answer', { detail: `${error.message}.`, more: { reason: error.reason } })
  return (error as { code?: unknown }).code === CANCELLED ? problemOf('figures-too-slow') : error
}

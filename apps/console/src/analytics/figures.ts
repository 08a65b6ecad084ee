import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Followed, MetricAnswer, MetricRequest } from '#analytics'
import { QueryRefused, TookTooLong, atOneMoment, checkpointOf, queryMetric } from '#analytics'
import type { SqlExecutor } from '#event-store'
import { Scope } from '../core/scope'
import { problemOf } from '../problems/problem.filter'
import { currentActor } from '../security/current-actor'
import type { FiguresRequest } from './analytics.request'

/** Longer than any question over a sensible range takes; others wait for the connection meanwhile. */
const LIMIT_MS = 8_000
/** Weeks and months of the longest range are fewer. */
const MOST_DAYS = 800
/** An answer is held as one text, of some MB. */
export const MOST_ROWS_OF_ANSWER = 20_000
/** A file is sent piece by piece. */
export const MOST_ROWS_OF_FILE = 200_000

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

  /** @throws Problem where there is no right answer, or it is too large or takes too long */
  async ask(request: FiguresRequest, mostRows: number): Promise<AskedFigures> {
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
    return this.atOneMoment(async (snapshot, followed) => {
      const figures: [MetricRequest, MetricAnswer][] = []
      let rowsLeft = mostRows
      for (const one of requests) {
        const answer = await queryMetric(snapshot, { ...one, mostRows: rowsLeft }, followed)
        rowsLeft -= answer.rows.length
        figures.push([one, answer])
      }
      return { ...followed, figures }
    })
  }

  /** Whose figures: what every question of this caller is narrowed to. */
  limits(): Pick<MetricRequest, 'org' | 'stores'> {
    return { org: this.scope.org, stores: currentActor().stores }
  }

  async atOneMoment<T>(ask: (snapshot: SqlExecutor, followed: Followed) => Promise<T>): Promise<T> {
    try {
      return await atOneMoment(this.database, LIMIT_MS, async (snapshot) =>
        ask(snapshot, await checkpointOf(snapshot, this.scope.org)),
      )
    } catch (error) {
      throw problemOfFigures(error)
    }
  }
}

function requireShortRange({ from, to, grain }: FiguresRequest): void {
  if (grain === 'day' && (Date.parse(to) - Date.parse(from)) / 86_400_000 > MOST_DAYS)
    throw problemOfFigures(new QueryRefused('TooManyCells', `at most ${MOST_DAYS} days: take a coarser grain`))
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

export function problemOfFigures(error: unknown): unknown {
  if (error instanceof QueryRefused)
    return error.reason === 'BadCursor'
      ? problemOf('wrong-cursor')
      : problemOf('no-right-answer', { detail: `${error.message}.`, more: { reason: error.reason } })
  return error instanceof TookTooLong ? problemOf('figures-too-slow') : error
}

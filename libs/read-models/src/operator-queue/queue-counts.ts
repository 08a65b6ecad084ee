import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { Instant, Turn } from '#after-sale'
import { prepared } from '#event-store'
import { ALL_TURNS, OPEN_TURNS, kindNumbersOf, lanesOf, turnOfLane } from './lanes'
import type { QueueFilter } from './queue-page'
import { COUNT_NAMED } from './queue-part-sql'

/** How many cases there are by whose turn it is. `dueSoon` and `overdue` count our turn only, up to `COUNT_LIMIT`. */
export interface QueueCounts {
  readonly turns: Readonly<Record<Turn, number>>
  /** Due within `SOON_MS` from now. */
  readonly dueSoon: number
  readonly overdue: number
}

export class QueueCountsQuery extends Query<QueueCounts> {
  constructor(
    readonly filter: Pick<QueueFilter, 'org' | 'stores' | 'statuses' | 'kinds' | 'cases'>,
    readonly now: Instant,
  ) {
    super()
  }
}

/** A case that is due within four hours counts as due soon. */
export const SOON_MS = 4 * 3_600_000
/** Above it the page shows `2000+`. */
export const COUNT_LIMIT = 2_000

const BY_LANE = prepared(`
  SELECT lane, sum(n)::bigint AS n FROM queue_count
  WHERE org = $1 AND store = ANY($2::int[]) AND lane = ANY($3::smallint[])
    AND ($4::smallint[] IS NULL OR kind_number = ANY($4)) GROUP BY lane`)

const COUNT_DUE = prepared(`
  SELECT count(*) AS n FROM (
    SELECT 1 FROM unnest($2::int[]) AS l(store) CROSS JOIN LATERAL (
      SELECT 1 FROM queue_row q WHERE q.org = $1 AND q.store = l.store AND q.turn = 'us' AND q.turn <> 'nobody'
        AND q.due_at >= $4 AND q.due_at < $5
        AND ($3::smallint[] IS NULL OR q.lane = ANY($3)) AND ($7::smallint[] IS NULL OR q.kind_number = ANY($7)) ORDER BY q.due_at LIMIT $6) r
    LIMIT $6) AS counted`)

@QueryHandler(QueueCountsQuery)
export class QueueCountsHandler implements IQueryHandler<QueueCountsQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ filter, now }: QueueCountsQuery): Promise<QueueCounts> {
    const { cases } = filter
    if (cases === undefined) return this.countAll(filter, now)
    if ('only' in cases) return limited(await this.countNamed(filter, now, cases.only))
    const named = await this.countNamed(filter, now, cases.except)
    return limited(without(await this.countAll(filter, now, named), named))
  }

  /** Open cases only: a finished case has no assignee, so none of them is named. */
  private async countNamed(
    filter: QueueCountsQuery['filter'],
    now: Instant,
    ids: readonly string[],
  ): Promise<QueueCounts> {
    const { org, stores, kinds } = filter
    const lanes = lanesOf({ ...filter, turns: OPEN_TURNS })
    const rows = await this.database.query<{ turn: Turn; n: number; overdue: number; soon: number }[]>(COUNT_NAMED, [
      ...[org, stores, lanes, kindNumbersOf(kinds), now, now + SOON_MS, ids],
    ])
    const ours = rows.find(({ turn }) => turn === 'us')
    const countOf = (turn: Turn): number => rows.find((row) => row.turn === turn)?.n ?? 0
    return {
      turns: Object.fromEntries(ALL_TURNS.map((turn) => [turn, countOf(turn)])) as Record<Turn, number>,
      dueSoon: ours?.soon ?? 0,
      overdue: ours?.overdue ?? 0,
    }
  }

  /** @param besides cases that the caller takes off: so many more are counted */
  private async countAll(
    filter: QueueCountsQuery['filter'],
    now: Instant,
    besides: Pick<QueueCounts, 'dueSoon' | 'overdue'> = { dueSoon: 0, overdue: 0 },
  ): Promise<QueueCounts> {
    const { org, stores } = filter
    const kinds = kindNumbersOf(filter.kinds)
    const ourLanes = filter.statuses === undefined ? null : lanesOf({ ...filter, turns: ['us'] })
    const countDue = async (from: number, before: number, more: number): Promise<number> => {
      const [row] = await this.database.query<{ n: number }[]>(COUNT_DUE, [
        org,
        stores,
        ourLanes,
        from,
        before,
        COUNT_LIMIT + more,
        kinds,
      ])
      return row?.n ?? 0
    }
    const [lanes, overdue, dueSoon] = await Promise.all([
      this.database.query<{ lane: number; n: number }[]>(BY_LANE, [org, stores, lanesOf(filter), kinds]),
      countDue(0, now, besides.overdue),
      countDue(now, now + SOON_MS, besides.dueSoon),
    ])
    const turns = Object.fromEntries(ALL_TURNS.map((turn) => [turn, 0])) as Record<Turn, number>
    for (const { lane, n } of lanes) {
      const turn = turnOfLane(lane)
      if (turn !== undefined) turns[turn] += n
    }
    return { turns, dueSoon, overdue }
  }
}

/** Two statements see two moments, so a difference may be one too low, and is never below 0. */
const difference = (n: number, less: number): number => Math.max(0, n - less)

const without = (all: QueueCounts, named: QueueCounts): QueueCounts => ({
  turns: Object.fromEntries(
    ALL_TURNS.map((turn) => [turn, difference(all.turns[turn], named.turns[turn])]),
  ) as QueueCounts['turns'],
  dueSoon: difference(all.dueSoon, named.dueSoon),
  overdue: difference(all.overdue, named.overdue),
})

const limited = ({ turns, dueSoon, overdue }: QueueCounts): QueueCounts => ({
  turns,
  dueSoon: Math.min(dueSoon, COUNT_LIMIT),
  overdue: Math.min(overdue, COUNT_LIMIT),
})

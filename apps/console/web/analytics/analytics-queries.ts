import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import type { Dimension, MetricName } from '../api/schema'
import { withoutUndefined } from '../api/without-undefined'
import type { AnalyticsAddress, Cell, Grain } from './analytics-address'
import { addDays, filtersOf } from './analytics-address'

/** Definitions change with a deployment only. */
export const useMetrics = () =>
  useQuery({
    queryKey: ['analytics', 'metrics'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/analytics/metrics', { signal })),
    staleTime: Infinity,
  })

/** What is asked for: some metrics over the range and filters of the address. */
export function figuresQuery(
  at: AnalyticsAddress,
  metrics: readonly string[],
  grain: Grain | 'range',
  divided: boolean,
) {
  const filter = filtersOf(at)
  return {
    metrics: metrics.join(','),
    from: at.from,
    to: addDays(at.until, 1),
    grain,
    compare: !divided,
    ...withoutUndefined({
      filter: filter.length === 0 ? undefined : filter,
      dimension: divided ? (at.dimension as Dimension | undefined) : undefined,
    }),
  }
}

/** Roll-ups follow the cases by about a second; figures of weeks need no such haste. */
const REFRESH_MS = 60_000

export const useFigures = (query: ReturnType<typeof figuresQuery>) =>
  useQuery({
    queryKey: ['analytics', 'figures', query],
    queryFn: ({ signal }) => dataOf(api.GET('/api/analytics/figures', { params: { query }, signal })),
    staleTime: REFRESH_MS,
    placeholderData: keepPreviousData,
  })

export const useCasesBehind = (at: AnalyticsAddress, cell: Cell) => {
  const { part, from, to, member } = cell
  const own = at.dimension === undefined || member === undefined ? [] : [`${at.dimension}:${member}`]
  // A value of the dimension replaces the filter of the same dimension, which has it among others.
  const filter = [
    ...filtersOf(at).filter((one) => !own.some((mine) => mine.split(':')[0] === one.split(':')[0])),
    ...own,
  ]
  return useInfiniteQuery({
    queryKey: ['analytics', 'cases', at.metric, part, from, to, filter],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/analytics/cases', {
          params: {
            query: {
              ...{ metric: at.metric as MetricName, part, from, to },
              ...withoutUndefined({ cursor: pageParam, filter: filter.length === 0 ? undefined : filter }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

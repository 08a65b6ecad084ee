import { useInfiniteQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'

const REFETCH_INTERVAL_MS = 10_000

/** Read again while it is shown: an action becomes a task by the passing of time, which no live event tells. */
export const useTasks = () =>
  useInfiniteQuery({
    queryKey: ['tasks'],
    queryFn: ({ pageParam, signal }) =>
      dataOf(api.GET('/api/tasks', { params: { query: withoutUndefined({ cursor: pageParam }) }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFETCH_INTERVAL_MS,
  })

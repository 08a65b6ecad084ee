import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import type { Batch, BatchOutcome, FreezeBatchRequest, ListedBatchAnswer, StartBatchRequest } from '../api/schema'
import { withoutUndefined } from '../api/without-undefined'
import { MAX_CASES, selectionOf, type CaseSet } from './case-set'

const RUNNING_INTERVAL_MS = 1_500
/** The marketplace's answer, or a person in the back office, may take long. */
const UNSETTLED_INTERVAL_MS = 5_000

const isMoving = ({ state }: Pick<Batch, 'state'>): boolean => state === 'running' || state === 'recalling'

/** How often a batch is read again while it is shown; false: nothing of it changes by itself. */
export const refetchIntervalOf = (batch: Pick<Batch, 'state' | 'outcomes'> | undefined): number | false => {
  if (batch === undefined) return false
  if (isMoving(batch)) return RUNNING_INTERVAL_MS
  return batch.outcomes.some(({ outcome }) => ['accepted', 'by-hand', 'in-doubt'].includes(outcome))
    ? UNSETTLED_INTERVAL_MS
    : false
}

/** What can be done with a set; not read while there are more cases than a batch may have. */
export const useBatchOptions = (set: CaseSet) =>
  useQuery({
    queryKey: ['batch-options', set],
    queryFn: ({ signal }) => dataOf(api.POST('/api/batches/options', { body: selectionOf(set), signal })),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    enabled: set.type === 'filter' || set.caseIds.length <= MAX_CASES,
  })

export const useBatches = () =>
  useInfiniteQuery({
    queryKey: ['batches'],
    queryFn: ({ pageParam, signal }) =>
      dataOf(api.GET('/api/batches', { params: { query: withoutUndefined({ cursor: pageParam }) }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((item: ListedBatchAnswer) => isMoving(item)))
        ? UNSETTLED_INTERVAL_MS
        : false,
  })

export const useBatch = (id: string) =>
  useQuery({
    queryKey: ['batch', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/batches/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => refetchIntervalOf(state.data),
  })

/** Cases with one outcome and, where it matters, one reason for it. */
export interface ItemFilter {
  readonly outcome?: BatchOutcome | undefined
  readonly reason?: string | undefined
}

/** `version` changes when the batch does: then its cases are read again. */
export const useBatchItems = (id: string, { outcome, reason }: ItemFilter, version: string) =>
  useInfiniteQuery({
    queryKey: ['batch-items', id, outcome, reason, version],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/batches/{id}/items', {
          params: { path: { id }, query: withoutUndefined({ outcome, reason, cursor: pageParam }) },
          signal,
        }),
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** Freezes a set: nothing is sent. */
export const useFreeze = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ set, action, facts }: { set: CaseSet } & Pick<FreezeBatchRequest, 'action' | 'facts'>) =>
      dataOf(api.POST('/api/batches', { body: { ...selectionOf(set), action, ...withoutUndefined({ facts }) } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['batches'] }),
  })
}

/** Changes a batch; what the answer says is shown at once. */
function useBatchChange<Input>(change: (input: Input) => Promise<Batch>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (batch) => {
      client.setQueryData(['batch', batch.id], batch)
      return client.invalidateQueries({ queryKey: ['batches'] })
    },
  })
}

const pathOf = (id: string) => ({ params: { path: { id } } })

export const useStart = () =>
  useBatchChange(({ id, confirmed }: { id: string; confirmed: StartBatchRequest }) =>
    dataOf(api.POST('/api/batches/{id}/start', { ...pathOf(id), body: confirmed })),
  )

export const useRecall = () => useBatchChange((id: string) => dataOf(api.POST('/api/batches/{id}/recall', pathOf(id))))

/** Answers the new set, which is shown before it is started. */
export const useRetry = () => useBatchChange((id: string) => dataOf(api.POST('/api/batches/{id}/retry', pathOf(id))))

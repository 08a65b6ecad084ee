import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'
import type { CasePage, QueueFilterRequest, operations } from '../api/schema'
import { RED_WITHIN_MS } from '../time/remaining'
import { serverNow } from '../time/server-clock'
import type { QueueAddress } from './queue-address'
import type { SearchTerm } from './search-term'

type QueueParams = NonNullable<operations['QueueController_page']['parameters']['query']>
type SearchParams = NonNullable<operations['SearchController_search']['parameters']['query']>

/** A page of a list with the parameters of its first page: later pages must be requested with the same. */
interface PageWithParams<Params> extends CasePage {
  params: Params
}
interface PageParam<Params> {
  params: Params
  cursor?: string
}

const PAGE_SIZE = 50

const nextPageParam = <Params>({ next, params }: PageWithParams<Params>): PageParam<Params> | undefined =>
  next === null ? undefined : { params, cursor: next }

/** The queue, page after page. “Due within 4 h” becomes an instant when the first page is requested. */
export const useQueue = (address: QueueAddress, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['queue', address],
    queryFn: async ({ pageParam, signal }): Promise<PageWithParams<QueueParams>> => {
      const { params, ...cursor } = pageParam ?? { params: paramsOf(address) }
      const query = { ...params, ...cursor, limit: PAGE_SIZE }
      return { ...(await dataOf(api.GET('/api/queue', { params: { query }, signal }))), params }
    },
    initialPageParam: undefined as PageParam<QueueParams> | undefined,
    getNextPageParam: nextPageParam,
    placeholderData: keepPreviousData,
    enabled,
  })

export const useSearch = (term: SearchTerm | undefined) =>
  useInfiniteQuery({
    queryKey: ['search', term],
    queryFn: async ({ pageParam, signal }): Promise<PageWithParams<SearchParams>> => {
      const { params, ...cursor } = pageParam ?? { params: { ...term?.params } }
      const query = { ...params, ...cursor, limit: PAGE_SIZE }
      return { ...(await dataOf(api.GET('/api/search', { params: { query }, signal }))), params }
    },
    initialPageParam: undefined as PageParam<SearchParams> | undefined,
    getNextPageParam: nextPageParam,
    enabled: term !== undefined,
  })

export const useCounts = (address: QueueAddress) => {
  const query = scopeOf(address)
  return useQuery({
    queryKey: ['counts', query],
    queryFn: ({ signal }) => dataOf(api.GET('/api/queue/counts', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
}

const scopeOf = ({ marketplace, store, kind, status, assignee }: QueueAddress) =>
  withoutUndefined({
    marketplace,
    store: commaSeparated(store),
    kind: commaSeparated(kind),
    status: commaSeparated(status),
    assignee,
  })

const commaSeparated = (values: readonly string[]): string | undefined =>
  values.length === 0 ? undefined : values.join()

/** The filter of an address now: “due within 4 h” becomes an instant. */
export function filterOf(address: QueueAddress): QueueFilterRequest {
  const { turn, riskFrom, riskTo } = address
  return { turn, ...scopeOf(address), ...dueOf(address), ...withoutUndefined({ riskFrom, riskTo }) }
}

export const paramsOf = (address: QueueAddress): QueueParams => ({ ...filterOf(address), sort: address.sort })

function dueOf({ due, dueFrom, dueTo }: QueueAddress): Pick<QueueParams, 'dueFrom' | 'dueTo'> {
  const now = serverNow()
  const iso = (ms: number): string => new Date(ms).toISOString()
  if (due === 'overdue') return { dueTo: iso(now) }
  return due === undefined
    ? withoutUndefined({ dueFrom, dueTo })
    : { dueFrom: iso(now), dueTo: iso(now + DUE_WITHIN_MS[due]) }
}

const DUE_WITHIN_MS = { '4h': RED_WITHIN_MS, '24h': 24 * 3_600_000, '3d': 72 * 3_600_000 }

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RED_WITHIN } from '../time/remaining'
import { serverNow } from '../time/server-clock'
import type { QueueAddress } from '../queue/queue-address'
import type { SearchTerm } from '../queue/search-term'
import { address, ask } from './ask'
import type { Asked } from './ask'
import type {
  CaseFile,
  Counts,
  EventPage,
  Meta,
  Quarantined,
  QuarantinePage,
  QueuePage,
  RawMessage,
  RunAgainAnswer,
  StoresAnswer,
} from './shapes'

export const useMeta = () =>
  useQuery({
    queryKey: ['meta'],
    queryFn: ({ signal }) => ask<Meta>(address('/meta'), { signal }),
    staleTime: 5 * 60_000,
  })

/** A page of a list and the words that it was asked with: later pages must be asked with the same. */
interface AskedPage extends QueuePage {
  asked: Asked
}
interface From {
  asked: Asked
  cursor?: string
}

const PAGE = 50

async function pageOf(path: string, from: From, signal: AbortSignal): Promise<AskedPage> {
  const page = await ask<QueuePage>(address(path, { ...from.asked, cursor: from.cursor, limit: PAGE }), { signal })
  return { ...page, asked: from.asked }
}

const nextOf = (page: AskedPage): From | undefined =>
  page.next === null ? undefined : { asked: page.asked, cursor: page.next }

/** The queue, page after page. “Due within 4 h” becomes an instant when the first page is asked for. */
export const useQueue = (at: QueueAddress, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['queue', at],
    queryFn: ({ pageParam, signal }) => pageOf('/queue', pageParam ?? { asked: askedOf(at) }, signal),
    initialPageParam: undefined as From | undefined,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
    enabled,
  })

export const useSearch = (term: SearchTerm | undefined) =>
  useInfiniteQuery({
    queryKey: ['search', term],
    queryFn: ({ pageParam, signal }) => pageOf('/search', pageParam ?? { asked: { ...term?.asked } }, signal),
    initialPageParam: undefined as From | undefined,
    getNextPageParam: nextOf,
    enabled: term !== undefined,
  })

export const useCounts = (at: QueueAddress) => {
  const { marketplace, store, kind, status } = at
  return useQuery({
    queryKey: ['counts', { marketplace, store, kind, status }],
    queryFn: ({ signal }) =>
      ask<Counts>(
        address('/queue/counts', { marketplace, store: store.join(), kind: kind.join(), status: status.join() }),
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
}

function askedOf(at: QueueAddress): Asked {
  const now = serverNow()
  const iso = (ms: number): string => new Date(ms).toISOString()
  const due: Asked =
    at.due === 'overdue'
      ? { dueTo: iso(now) }
      : at.due !== undefined
        ? { dueFrom: iso(now), dueTo: iso(now + DUE_WITHIN[at.due]) }
        : { dueFrom: at.dueFrom, dueTo: at.dueTo }
  return {
    turn: at.turn,
    marketplace: at.marketplace,
    store: at.store.join(),
    kind: at.kind.join(),
    status: at.status.join(),
    ...due,
    riskFrom: at.riskFrom,
    riskTo: at.riskTo,
    sort: at.sort,
  }
}

const DUE_WITHIN = { '4h': RED_WITHIN, '24h': 24 * 3_600_000, '3d': 72 * 3_600_000 }

export const useCase = (id: string) =>
  useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => ask<CaseFile>(address(`/cases/${encodeURIComponent(id)}`), { signal }),
  })

export const useCaseEvents = (id: string) =>
  useInfiniteQuery({
    queryKey: ['case', id, 'events'],
    queryFn: ({ pageParam, signal }) =>
      ask<EventPage>(address(`/cases/${encodeURIComponent(id)}/events`, { before: pageParam, limit: 30 }), { signal }),
    initialPageParam: undefined as string | number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** A message never changes once it is saved. */
export const useMessage = (id: string) =>
  useQuery({
    queryKey: ['message', id],
    queryFn: ({ signal }) => ask<RawMessage>(address(`/messages/${encodeURIComponent(id)}`), { signal }),
    staleTime: Infinity,
  })

export const useQuarantine = () =>
  useInfiniteQuery({
    queryKey: ['quarantine'],
    queryFn: ({ pageParam, signal }) => ask<QuarantinePage>(address('/quarantine', { cursor: pageParam }), { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
  })

export const useQuarantined = (id: string) =>
  useQuery({
    queryKey: ['quarantined', id],
    queryFn: ({ signal }) =>
      ask<Quarantined & { text: string }>(address(`/quarantine/${encodeURIComponent(id)}`), { signal }),
  })

export const useRunAgain = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, operator }: { id: string; operator: string }) =>
      ask<RunAgainAnswer>(address(`/quarantine/${encodeURIComponent(id)}/run-again`), {
        method: 'POST',
        headers: { 'x-operator': encodeURIComponent(operator) },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['quarantine'] }),
  })
}

export const useStores = () =>
  useQuery({
    queryKey: ['stores'],
    queryFn: ({ signal }) => ask<StoresAnswer>(address('/stores'), { signal }),
    refetchInterval: 10_000,
  })

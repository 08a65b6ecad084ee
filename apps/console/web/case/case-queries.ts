import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'

export const useCase = (id: string) =>
  useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/cases/{id}', { params: { path: { id } }, signal })),
  })

export const useGuidance = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'guidance'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/cases/{id}/guidance', { params: { path: { id } }, signal })),
  })

export const useJudgement = (id: string) =>
  useQuery({
    queryKey: ['case', id, 'judgement'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/cases/{id}/judgement', { params: { path: { id } }, signal })),
  })

export const useCaseEvents = (id: string) =>
  useInfiniteQuery({
    queryKey: ['case', id, 'events'],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 30, ...withoutUndefined({ before: pageParam }) }
      return dataOf(api.GET('/api/cases/{id}/events', { params: { path: { id }, query }, signal }))
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** A saved message never changes. */
export const useMessage = (id: string) =>
  useQuery({
    queryKey: ['message', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/messages/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
  })

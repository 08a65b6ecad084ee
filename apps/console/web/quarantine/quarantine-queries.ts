import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'

export const useQuarantine = () =>
  useInfiniteQuery({
    queryKey: ['quarantine'],
    queryFn: ({ pageParam, signal }) =>
      dataOf(api.GET('/api/quarantine', { params: { query: withoutUndefined({ cursor: pageParam }) }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
  })

export const useQuarantined = (id: string) =>
  useQuery({
    queryKey: ['quarantined', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/quarantine/{id}', { params: { path: { id } }, signal })),
  })

export const useRunAgain = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => dataOf(api.POST('/api/quarantine/{id}/run-again', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['quarantine'] }),
  })
}

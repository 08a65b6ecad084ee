import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import type { components } from '../api/schema'

export type ErasureOverview = components['schemas']['ErasureOverview']
export type Erasure = components['schemas']['Erasure']
export type ErasableCase = components['schemas']['ErasableCase']

const PROGRESS_EVERY_MS = 2_000

/** What would be erased; while it is being erased, how far it is. */
export const useErasure = (caseId: string) =>
  useQuery({
    queryKey: ['case', caseId, 'erasure'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/cases/{id}/buyer/erasure', { params: { path: { id: caseId } }, signal })),
    refetchInterval: ({ state }) => {
      const erasure = state.data?.erasure
      return erasure === undefined || erasure === null || erasure.finishedAt !== null ? false : PROGRESS_EVERY_MS
    },
  })

/** After an answer, also a refusal, it is read again: what would be erased has changed, or a colleague was faster. */
export function useRequestErasure(caseId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ key, ...body }: components['schemas']['ErasureRequestBody'] & { readonly key: string }) =>
      dataOf(
        api.POST('/api/cases/{id}/buyer/erasure', {
          params: { path: { id: caseId }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['case', caseId] }),
  })
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'

/** Under the key of its case, so that a live change of the case fetches it again, too. */
export const useTeamwork = (caseId: string) =>
  useQuery({
    queryKey: ['case', caseId, 'teamwork'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/cases/{id}/teamwork', { params: { path: { id: caseId } }, signal })),
  })

export const useColleagues = () =>
  useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/colleagues', { signal })),
    staleTime: 60_000,
  })

/** After an answer, also a refusal, the case is read again: a colleague may have changed it. */
function useTeamworkChange<Input, Data>(caseId: string, change: (input: Input) => Promise<Data>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [['case', caseId], ['queue'], ['counts']].map((queryKey) => client.invalidateQueries({ queryKey })),
      ).then(() => undefined),
  })
}

export type AssignmentChange =
  | { readonly how: 'claim' | 'release'; readonly seen: string | null }
  | { readonly how: 'pass-on'; readonly seen: string | null; readonly to: string; readonly note: string | undefined }

export const useAssign = (caseId: string) =>
  useTeamworkChange(caseId, (change: AssignmentChange) => {
    const params = { path: { id: caseId } }
    if (change.how === 'pass-on') {
      const { seen, to, note } = change
      const body = { seen, to, ...withoutUndefined({ note }) }
      return dataOf(api.POST('/api/cases/{id}/assignment/pass-on', { params, body }))
    }
    const body = { seen: change.seen }
    return change.how === 'claim'
      ? dataOf(api.POST('/api/cases/{id}/assignment/claim', { params, body }))
      : dataOf(api.POST('/api/cases/{id}/assignment/release', { params, body }))
  })

export const useAddNote = (caseId: string) =>
  useTeamworkChange(caseId, (body: { readonly id: string; readonly text: string }) =>
    dataOf(api.POST('/api/cases/{id}/notes', { params: { path: { id: caseId } }, body })),
  )

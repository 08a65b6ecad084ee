import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'
import { parseProblem } from '../api/problem'
import type { ActOnCaseRequest, CloseActionRequest, EvidencePiece } from '../api/schema'

interface ActRequest extends Pick<ActOnCaseRequest, 'action' | 'judged' | 'confirmation' | 'facts'> {
  /** The id of the action: sent again with it, the same action happens once. */
  readonly intent: string
}

/** After an answer, also a refusal, the case is read again: it may have changed. */
function useCaseChange<Input, Data>(caseId: string, change: (input: Input) => Promise<Data>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [['case', caseId], ['queue'], ['counts'], ['tasks']].map((queryKey) => client.invalidateQueries({ queryKey })),
      ).then(() => undefined),
  })
}

export const useAct = (caseId: string) =>
  useCaseChange(caseId, ({ intent, action, judged, confirmation, facts }: ActRequest) =>
    dataOf(
      api.POST('/api/cases/{id}/actions', {
        params: { path: { id: caseId }, header: { 'Idempotency-Key': intent } },
        body: { action, judged, ...withoutUndefined({ confirmation, facts }) },
      }),
    ),
  )

const actionPath = (id: string, intent: string) => ({ params: { path: { id, intent } } })

export const useAttest = (caseId: string) =>
  useCaseChange(caseId, (intent: string) =>
    dataOf(api.POST('/api/cases/{id}/actions/{intent}/attest', actionPath(caseId, intent))),
  )

export const useClose = (caseId: string) =>
  useCaseChange(caseId, ({ intent, as }: { intent: string; as: CloseActionRequest['as'] }) =>
    dataOf(api.POST('/api/cases/{id}/actions/{intent}/close', { ...actionPath(caseId, intent), body: { as } })),
  )

export const useActionDetail = (caseId: string, intent: string) =>
  useQuery({
    queryKey: ['case', caseId, 'action', intent],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/cases/{id}/actions/{intent}', { ...actionPath(caseId, intent), signal })),
  })

export const useEvidence = (caseId: string) =>
  useQuery({
    queryKey: ['case', caseId, 'evidence'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/cases/{id}/evidence', { params: { path: { id: caseId } }, signal })),
  })

/** The body is the file itself, so it is sent without the JSON client. */
export function useAddEvidence(caseId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (file: File): Promise<EvidencePiece> => {
      const answer = await fetch(`/api/cases/${encodeURIComponent(caseId)}/evidence`, {
        method: 'POST',
        headers: { 'content-type': file.type, accept: 'application/json' },
        body: file,
      })
      const body: unknown = await answer.json().catch(() => undefined)
      if (!answer.ok) throw parseProblem(answer.status, body)
      return body as EvidencePiece
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['case', caseId, 'evidence'] }),
  })
}

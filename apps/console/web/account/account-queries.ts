import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { ME } from '../session/use-me'

const ACCOUNT = ['account']
const SESSIONS = ['sessions']

export const useAccount = (enabled = true) =>
  useQuery({ queryKey: ACCOUNT, queryFn: ({ signal }) => dataOf(api.GET('/api/account', { signal })), enabled })

export const useSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => dataOf(api.GET('/api/sessions', { signal })) })

/** A change of the account; what is shown of it is read again. */
function useChange<Input, Data>(work: (input: Input) => Promise<Data>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSettled: () =>
      Promise.all([ACCOUNT, SESSIONS, ME].map((queryKey) => client.invalidateQueries({ queryKey }))).then(
        () => undefined,
      ),
  })
}

export const useRename = () =>
  useChange((displayName: string) => dataOf(api.PUT('/api/account/name', { body: { displayName } })))

export const useChangePassword = () =>
  useChange((body: { current: string; next: string }) => dataOf(api.POST('/api/account/password', { body })))

export const useBeginSecondFactor = () => useChange(() => dataOf(api.POST('/api/account/second-factor')))

export const useConfirmSecondFactor = () =>
  useChange((code: string) => dataOf(api.POST('/api/account/second-factor/confirm', { body: { code } })))

export const useRemoveSecondFactor = () => useChange(() => dataOf(api.DELETE('/api/account/second-factor')))

export const useRenewRecoveryCodes = () => useChange(() => dataOf(api.POST('/api/account/recovery-codes')))

export const useRevokeSession = () =>
  useChange((id: string) => dataOf(api.POST('/api/sessions/{id}/revoke', { params: { path: { id } } })))

export const useRevokeOtherSessions = () => useChange(() => dataOf(api.POST('/api/sessions/revoke-others')))

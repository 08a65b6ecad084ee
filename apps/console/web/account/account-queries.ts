import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { makePasskey } from '../passkeys/device'
import { PASSKEYS } from '../passkeys/passkey-queries'
import { ME } from '../session/use-me'

const ACCOUNT = ['account']
const SESSIONS = ['sessions']
const SIGN_ON = ['own-sign-on']

export const useAccount = (enabled = true) =>
  useQuery({ queryKey: ACCOUNT, queryFn: ({ signal }) => dataOf(api.GET('/api/account', { signal })), enabled })

export const useSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => dataOf(api.GET('/api/sessions', { signal })) })

/** A change of the account; afterwards account, sessions and the reader’s rights are read again. */
function useAccountChange<Input, Data>(change: (input: Input) => Promise<Data>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        [ACCOUNT, PASSKEYS, SESSIONS, SIGN_ON, ME].map((queryKey) => client.invalidateQueries({ queryKey })),
      ).then(() => undefined),
  })
}

export const useRename = () =>
  useAccountChange((displayName: string) => dataOf(api.PUT('/api/account/name', { body: { displayName } })))

export const useChangePassword = () =>
  useAccountChange((body: { current: string; next: string }) => dataOf(api.POST('/api/account/password', { body })))

export const useBeginSecondFactor = () => useAccountChange(() => dataOf(api.POST('/api/account/second-factor')))

export const useConfirmSecondFactor = () =>
  useAccountChange((code: string) => dataOf(api.POST('/api/account/second-factor/confirm', { body: { code } })))

export const useRemoveSecondFactor = () => useAccountChange(() => dataOf(api.DELETE('/api/account/second-factor')))

export const useAddPasskey = () =>
  useAccountChange(async (name: string) => {
    const registration = await makePasskey(await dataOf(api.POST('/api/account/passkeys/begin')))
    return dataOf(api.POST('/api/account/passkeys', { body: { name, registration } }))
  })

export const useRemovePasskey = () =>
  useAccountChange((id: string) => dataOf(api.DELETE('/api/account/passkeys/{id}', { params: { path: { id } } })))

export const useRenewRecoveryCodes = () => useAccountChange(() => dataOf(api.POST('/api/account/recovery-codes')))

export const useRevokeSession = () =>
  useAccountChange((id: string) => dataOf(api.POST('/api/sessions/{id}/revoke', { params: { path: { id } } })))

export const useRevokeOtherSessions = () => useAccountChange(() => dataOf(api.POST('/api/sessions/revoke-others')))

export const useOwnSignOn = () =>
  useQuery({ queryKey: SIGN_ON, queryFn: ({ signal }) => dataOf(api.GET('/api/account/oidc', { signal })) })

export const useUnlinkSignOn = () => useAccountChange(() => dataOf(api.DELETE('/api/account/oidc')))

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'
import type { Role } from '../api/schema'
import { ME } from '../session/use-me'

export interface Rights {
  readonly role: Role
  /** Null: all. */
  readonly stores: string[] | null
}

const PEOPLE = ['people']

export const usePeople = (enabled = true) =>
  useQuery({ queryKey: PEOPLE, queryFn: ({ signal }) => dataOf(api.GET('/api/people', { signal })), enabled })

/** A change of people; the reader may be one of them. */
function useChange<Input, Data>(work: (input: Input) => Promise<Data>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSettled: () =>
      Promise.all([PEOPLE, ME].map((queryKey) => client.invalidateQueries({ queryKey }))).then(() => undefined),
  })
}

export const useInvite = () =>
  useChange(({ login, ...rights }: Rights & { login: string | undefined }) =>
    dataOf(api.POST('/api/people/invitations', { body: { ...rights, ...withoutUndefined({ login }) } })),
  )

const path = (id: string) => ({ params: { path: { id } } })

export const useWithdraw = () =>
  useChange((id: string) => dataOf(api.POST('/api/people/invitations/{id}/withdraw', path(id))))

export const useChangeRights = () =>
  useChange(({ id, ...body }: Rights & { id: string }) =>
    dataOf(api.PUT('/api/people/{id}/rights', { ...path(id), body })),
  )

export const useResetLink = () => useChange((id: string) => dataOf(api.POST('/api/people/{id}/reset-link', path(id))))

export const useDisable = () => useChange((id: string) => dataOf(api.POST('/api/people/{id}/disable', path(id))))

export const useEnable = () => useChange((id: string) => dataOf(api.POST('/api/people/{id}/enable', path(id))))

export const useRemoveSecondFactor = () =>
  useChange((id: string) => dataOf(api.POST('/api/people/{id}/remove-second-factor', path(id))))

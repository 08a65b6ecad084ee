import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import type { Permission } from '../api/schema'

const KEYS = ['keys']

export interface NewKey {
  readonly label: string
  readonly permissions: Permission[]
  /** Null: all that the creator may see. */
  readonly stores: string[] | null
  readonly expiresAt: string
}

export const useKeys = (enabled = true) =>
  useQuery({ queryKey: KEYS, queryFn: ({ signal }) => dataOf(api.GET('/api/keys', { signal })), enabled })

export const useCreateKey = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewKey) => dataOf(api.POST('/api/keys', { body })),
    onSettled: () => client.invalidateQueries({ queryKey: KEYS }),
  })
}

export const useRevokeKey = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => dataOf(api.POST('/api/keys/{id}/revoke', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: KEYS }),
  })
}

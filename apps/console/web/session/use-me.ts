import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import type { Me } from '../api/schema'

export const ME = ['me']

/** Who is logged in; `null` without a log-in. */
export const useMe = () =>
  useQuery({
    queryKey: ME,
    queryFn: async ({ signal }) => (await dataOf(api.GET('/api/session', { signal }))).me,
    staleTime: 60_000,
  })

/** Whether the reader may do it: what they may not do is not offered. The server decides again. */
export function useMay(permission: Me['permissions'][number]): boolean {
  const { data } = useMe()
  return data?.permissions.includes(permission) ?? false
}

/** What a one-time link is for; the same for every person. */
export const LINK = ['link']

/** Removes everything that the page has read for the previous person, and sets who is logged in now. */
export function useSessionChange(): (me: Me | null) => void {
  const client = useQueryClient()
  return (me) => {
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] && queryKey[0] !== LINK[0] })
    client.setQueryData(ME, me)
  }
}

import { useQuery } from '@tanstack/react-query'
import { useMe } from '../session/use-me'
import { api, dataOf } from './client'

/** The organisation with its stores, and the marketplaces. */
export function useMeta() {
  const { data: me } = useMe()
  return useQuery({
    queryKey: ['meta'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/meta', { signal })),
    staleTime: 5 * 60_000,
    enabled: me !== undefined && me !== null,
  })
}

import { useQuery } from '@tanstack/react-query'
import { api, dataOf } from './client'

/** The organisation with its stores, and the marketplaces. */
export const useMeta = () =>
  useQuery({
    queryKey: ['meta'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/meta', { signal })),
    staleTime: 5 * 60_000,
  })

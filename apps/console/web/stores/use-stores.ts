import { useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'

export const useStores = () =>
  useQuery({
    queryKey: ['stores'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/stores', { signal })),
    refetchInterval: 10_000,
  })

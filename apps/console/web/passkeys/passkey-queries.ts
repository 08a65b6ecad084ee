import { useQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'

export const PASSKEYS = ['passkeys']

export const usePasskeys = (enabled = true) =>
  useQuery({
    queryKey: PASSKEYS,
    queryFn: ({ signal }) => dataOf(api.GET('/api/account/passkeys', { signal })),
    enabled,
  })

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'
import type { ConnectStoreRequest, SaveAppRequest } from '../api/schema'

/** What can be connected, with the fields that are typed for it. */
export const useMarketplaces = () =>
  useQuery({
    queryKey: ['marketplaces'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/marketplaces', { signal })),
  })

/** A store that is added or removed changes the filters and names everywhere. */
function useChange<Input, Data>(work: (input: Input) => Promise<Data>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: work, onSuccess: () => client.invalidateQueries() })
}

interface Authorisation {
  /** An app that is known, or a new one that is entered first. */
  readonly app: number | SaveAppRequest
  readonly store?: string
}

const appIdOf = async (app: number | SaveAppRequest): Promise<number> =>
  typeof app === 'number' ? app : (await dataOf(api.POST('/api/apps', { body: app }))).app

/** Leaves the page for the marketplace's own, which sends the browser back to `/stores/authorised`. */
export const useAuthorise = () =>
  useMutation({
    mutationFn: async ({ app, store }: Authorisation) => {
      const body = { app: await appIdOf(app), ...withoutUndefined({ store }) }
      const { url } = await dataOf(api.POST('/api/stores/authorisations', { body }))
      window.location.assign(url)
    },
  })

export const useConnectByKeys = () =>
  useChange(async ({ app, ...keys }: Omit<ConnectStoreRequest, 'app'> & { app: number | SaveAppRequest }) =>
    dataOf(api.POST('/api/stores', { body: { ...keys, app: await appIdOf(app) } })),
  )

export const useTest = () =>
  useMutation({
    mutationFn: (id: string) => dataOf(api.POST('/api/stores/{id}/test', { params: { path: { id } } })),
  })

export type Change = 'pause' | 'resume' | 'remove'

export const useChangeStore = () =>
  useChange(({ id, change }: { id: string; change: Change }) =>
    dataOf(api.POST(`/api/stores/{id}/${change}`, { params: { path: { id } } })),
  )

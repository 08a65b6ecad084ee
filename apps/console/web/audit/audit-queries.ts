import { useInfiniteQuery } from '@tanstack/react-query'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'
import { useKeys } from '../keys/key-queries'
import { usePeople } from '../people/people-queries'
import { useMay } from '../session/use-me'
import type { AuditAddress } from './audit-address'

export const useAudit = (at: AuditAddress) =>
  useInfiniteQuery({
    queryKey: ['audit', at],
    queryFn: ({ pageParam, signal }) =>
      dataOf(api.GET('/api/audit', { params: { query: withoutUndefined({ ...at, cursor: pageParam }) }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.next === null ? undefined : Number(page.next)),
  })

export interface AuditNames {
  readonly people: ReadonlyMap<string, string>
  readonly keys: ReadonlyMap<string, string>
}

/** Names of people and keys, by how the audit names them, as far as the reader may see them. */
export function useAuditNames(): AuditNames {
  const { data: people } = usePeople(useMay('people.read'))
  const { data: keys } = useKeys(useMay('keys.read'))
  return {
    people: new Map(people?.items.map(({ id, displayName }) => [`person:${id}`, displayName])),
    keys: new Map(keys?.items.map(({ id, label }) => [`key:${id}`, label])),
  }
}

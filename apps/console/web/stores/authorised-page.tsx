import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { api, dataOf } from '../api/client'
import { EmptyState } from '../components/empty-state'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'

/** Where the marketplace sends the browser back. The code leaves the address bar at once, and counts once. */
export function AuthorisedPage() {
  const { t } = useWords()
  const client = useQueryClient()
  const [{ code, state }] = useState(() => {
    const words = new URLSearchParams(window.location.search)
    return { code: words.get('code') ?? '', state: words.get('state') ?? '' }
  })
  useEffect(() => window.history.replaceState(window.history.state, '', '/stores/authorised'), [])
  const isGiven = code !== '' && state !== ''
  // As a query it is sent once, however often the page is rendered.
  const { data, error } = useQuery({
    queryKey: ['authorised', state],
    queryFn: async () => {
      const connected = await dataOf(api.POST('/api/stores/authorisations/complete', { body: { code, state } }))
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'authorised' })
      return connected
    },
    enabled: isGiven,
    staleTime: Infinity,
    retry: false,
    refetchInterval: false,
    // After a failure it would be sent again, and the answer would be that it was used already.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: false,
  })
  return (
    <div className="page page-narrow" role="status">
      {!isGiven && <EmptyState title={t('connect.notGiven')} hint={t('connect.notGivenLead')} />}
      {error !== null && <ProblemNotice error={error} />}
      {isGiven && data === undefined && error === null && <EmptyState title={t('connect.completing')} />}
      {data !== undefined && (
        <EmptyState
          title={`${data.store.name} · ${t(`connect.done.${data.outcome}`)}`}
          hint={t(data.outcome === 'renewed' ? 'connect.renewedLead' : 'connect.doneLead')}
        />
      )}
      {(data !== undefined || error !== null || !isGiven) && (
        <p className="nothing-link">
          <Link to="/stores">{t('connect.toStores')}</Link>
        </p>
      )}
    </div>
  )
}

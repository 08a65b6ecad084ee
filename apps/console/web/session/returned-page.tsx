import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { api, dataOf } from '../api/client'
import { withoutUndefined } from '../api/without-undefined'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { SecondFactorForm } from './second-factor-form'
import { SessionFrame } from './session-frame'
import { returned } from './sign-on'
import { ME, useSessionChange } from './use-me'

/** What the provider put into the address. */
function wordsOf(search: string) {
  const words = new URLSearchParams(search)
  const word = (name: string): string | undefined => words.get(name) ?? undefined
  const more = { code: word('code'), iss: word('iss'), error: word('error') }
  return { state: word('state') ?? '', ...withoutUndefined(more) }
}

/** Where the provider sends the browser back. The code leaves the address bar at once, and counts once. */
export function ReturnedPage() {
  const { t } = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const change = useSessionChange()
  const { organisation = '' } = useParams()
  const [words] = useState(() => ({ organisation, ...wordsOf(window.location.search) }))
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), [])
  const goOn = (): void => void navigate(returned(), { replace: true })
  // As a query it is sent once, however often the page is rendered.
  const { data, error } = useQuery({
    queryKey: [ME[0], 'returned', words.state],
    queryFn: () => dataOf(api.POST('/api/session/oidc/complete', { body: words })),
    enabled: words.state !== '',
    staleTime: Infinity,
    retry: false,
    refetchInterval: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  useEffect(() => {
    if (data === undefined || data.outcome === 'second-factor-wanted') return
    if (data.me !== null) change(data.me)
    // Not this query itself: the state counts once.
    else void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'returned' })
    goOn()
    // Once, when the answer is there.
  }, [data])
  if (data?.outcome === 'second-factor-wanted' && data.challenge !== null)
    return (
      <SecondFactorForm
        challenge={data.challenge}
        factors={data.factors}
        done={(me) => {
          change(me)
          goOn()
        }}
        back={() => void navigate('/')}
      />
    )
  if (words.state === '')
    return (
      <SessionFrame title={t('signOn.notReturned')} lead={t('signOn.notReturnedLead')}>
        <Link to="/login">{t('session.back')}</Link>
      </SessionFrame>
    )
  if (error !== null)
    return (
      <SessionFrame title={t('session.title')}>
        <ProblemNotice error={error} />
        <Link to="/login">{t('session.back')}</Link>
      </SessionFrame>
    )
  return (
    <SessionFrame title={t('loading')}>
      <p role="status">{t('signOn.checking')}</p>
    </SessionFrame>
  )
}

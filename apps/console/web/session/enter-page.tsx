import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { api, dataOf } from '../api/client'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { EnterForm, type EnterAnswers } from './enter-form'
import { SecondFactorForm } from './second-factor-form'
import { SessionFrame } from './session-frame'
import { JoinPanel } from './join-panel'
import { LoginForm } from './login-form'
import { LINK, useMe, useSessionChange } from './use-me'
import type { Me } from '../api/schema'

/** Opens a one-time link. Its token follows `#`, which no browser sends, and leaves the address bar at once. */
export function EnterPage() {
  const { t } = useWords()
  const change = useSessionChange()
  const navigate = useNavigate()
  const [token] = useState(() => window.location.hash.slice(1))
  const view = useQuery({
    queryKey: LINK,
    queryFn: () => dataOf(api.POST('/api/links/view', { body: { token } })),
    enabled: token !== '',
    staleTime: Infinity,
  })
  const enter = (me: Me): void => {
    change(me)
    void navigate('/', { replace: true })
  }
  const open = useMutation({
    mutationFn: (answers: EnterAnswers) => dataOf(api.POST('/api/links/open', { body: { token, ...answers } })),
    onSuccess: ({ me }) => me !== null && enter(me),
  })
  const { mutate } = open
  const isDemo = view.data?.purpose === 'demo'
  const isForJoining = view.data?.purpose === 'owner' || view.data?.purpose === 'invite'
  const { data: me } = useMe()
  const [way, setWay] = useState<'new-person' | 'log-in' | undefined>()
  useEffect(() => window.history.replaceState(window.history.state, '', '/enter'), [])
  useEffect(() => {
    if (isDemo) mutate({})
  }, [isDemo, mutate])

  const { challenge = null, factors = [] } = open.data ?? {}
  const error = token === '' ? undefined : (view.error ?? (isDemo ? open.error : null))
  if (challenge !== null)
    return <SecondFactorForm challenge={challenge} factors={factors} done={enter} back={() => void navigate('/')} />
  if (error === undefined)
    return <SessionFrame title={t('session.noLink')} lead={t('session.noLinkLead')} children={null} />
  if (error !== null)
    return (
      <SessionFrame title={t('session.welcome')}>
        <ProblemNotice error={error} />
        <Link to="/">{t('session.back')}</Link>
      </SessionFrame>
    )
  if (view.data === undefined || isDemo) return <SessionFrame title={t('loading')} children={null} />
  if (isForJoining && me === undefined) return <SessionFrame title={t('loading')} children={null} />
  if (isForJoining && way !== 'new-person') {
    const presetLogin = view.data.login ?? undefined
    const mayJoin = me?.kind === 'person' && (presetLogin === undefined || presetLogin === me.login)
    if (mayJoin) return <JoinPanel me={me} link={view.data} token={token} asNewPerson={() => setWay('new-person')} />
    if (way === 'log-in')
      return (
        <LoginForm
          title={t('session.title')}
          lead={t('session.logInToJoin', { organisation: view.data.organisation })}
          {...(presetLogin === undefined ? {} : { presetLogin })}
          done={change}
        >
          <Button type="link" onClick={() => setWay(undefined)}>
            {t('session.asNewPerson')}
          </Button>
        </LoginForm>
      )
  }
  return (
    <EnterForm
      link={view.data}
      token={token}
      pending={open.isPending}
      error={open.error}
      submit={mutate}
      withLogin={isForJoining ? () => setWay('log-in') : undefined}
    />
  )
}

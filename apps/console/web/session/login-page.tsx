import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import { Problem } from '../api/problem'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { Field } from './field'
import { SecondFactorForm } from './second-factor-form'
import { SessionFrame } from './session-frame'
import { organisationToOffer } from './sign-on'
import { SignOnButton } from './sign-on-button'
import { useSessionChange } from './use-me'

/**
 * Login and password, or the organisation's own log-in where its link (`/login?org=…`) was opened in this browser; then the code for a
 * person with a second factor.
 */
export function LoginPage() {
  const { t } = useWords()
  const change = useSessionChange()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [organisation] = useState(organisationToOffer)
  const signIn = useMutation({
    mutationFn: () => dataOf(api.POST('/api/session', { body: { login, password } })),
    onSuccess: ({ me }) => me !== null && change(me),
  })
  const challenge = signIn.data?.challenge ?? null
  if (challenge !== null)
    return (
      <SessionFrame title={t('session.secondFactor')} lead={t('session.secondFactorLead')}>
        <SecondFactorForm challenge={challenge} done={change} back={() => signIn.reset()} />
      </SessionFrame>
    )
  const wanted = signIn.error instanceof Problem ? signIn.error.organisation : undefined
  const key = wanted ?? organisation
  return (
    <SessionFrame title={t('session.title')}>
      {key !== undefined && <SignOnButton body={{ organisation: key }} remember={key} />}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <Field
          label={t('session.login')}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          autoFocus={key === undefined}
        />
        <Field
          label={t('session.password')}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="current-password"
        />
        {signIn.error !== null && <ProblemNotice error={signIn.error} />}
        <Button
          type={key === undefined ? 'primary' : 'default'}
          htmlType="submit"
          block
          loading={signIn.isPending}
          disabled={login === '' || password === ''}
        >
          {t('session.logIn')}
        </Button>
      </form>
      <p className="faint">{t('session.noAccount')}</p>
    </SessionFrame>
  )
}

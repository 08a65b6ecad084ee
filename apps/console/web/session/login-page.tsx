import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { Field } from './field'
import { SecondFactorForm } from './second-factor-form'
import { SessionFrame } from './session-frame'
import { useSessionChange } from './use-me'

/** Login and password, then the code for a person with a second factor. */
export function LoginPage() {
  const { t } = useWords()
  const change = useSessionChange()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
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
  return (
    <SessionFrame title={t('session.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <Field label={t('session.login')} value={login} onChange={setLogin} autoComplete="username" autoFocus />
        <Field
          label={t('session.password')}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="current-password"
        />
        {signIn.error !== null && <ProblemNotice error={signIn.error} />}
        <Button
          type="primary"
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

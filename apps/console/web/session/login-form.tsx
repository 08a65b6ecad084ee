import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { api, dataOf } from '../api/client'
import type { Me } from '../api/schema'
import { Problem } from '../api/problem'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { Field } from './field'
import { SecondFactorForm } from './second-factor-form'
import { SessionFrame } from './session-frame'
import { organisationToOffer } from './sign-on'
import { SignOnButton } from './sign-on-button'

interface Props {
  title: string
  lead?: string
  /** Filled in already. */
  presetLogin?: string
  /** Also the organisation's own log-in; not for joining another organisation, which takes a password. */
  offersSignOn?: boolean
  done: (me: Me) => void
  /** What is below the form. */
  children: ReactNode
}

/**
 * Login and password, or the organisation's own log-in where its link (`/login?org=…`) was opened in this browser; then the second
 * factor of a person who has one.
 */
export function LoginForm({ title, lead, presetLogin = '', offersSignOn = false, done, children }: Props) {
  const { t } = useWords()
  const [login, setLogin] = useState(presetLogin)
  const [password, setPassword] = useState('')
  const [organisation] = useState(organisationToOffer)
  const signIn = useMutation({
    mutationFn: () => dataOf(api.POST('/api/session', { body: { login, password } })),
    onSuccess: ({ me }) => me !== null && done(me),
  })
  const { challenge = null, factors = [] } = signIn.data ?? {}
  if (challenge !== null)
    return <SecondFactorForm challenge={challenge} factors={factors} done={done} back={() => signIn.reset()} />
  const wanted = signIn.error instanceof Problem ? signIn.error.organisation : undefined
  const key = offersSignOn ? (wanted ?? organisation) : undefined
  return (
    <SessionFrame title={title} {...(lead === undefined ? {} : { lead })}>
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
          autoFocus={presetLogin === '' && key === undefined}
        />
        <Field
          label={t('session.password')}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="current-password"
          autoFocus={presetLogin !== ''}
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
      {children}
    </SessionFrame>
  )
}

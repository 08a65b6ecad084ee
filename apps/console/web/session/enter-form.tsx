import { Button } from 'antd'
import { useState } from 'react'
import type { Link } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { Field } from './field'
import { SignOnButton } from './sign-on-button'
import { SessionFrame } from './session-frame'

export interface EnterAnswers {
  login?: string
  displayName?: string
  password?: string
}

interface Props {
  link: Link
  /** The link's own. */
  token: string
  pending: boolean
  error: unknown
  submit: (answers: EnterAnswers) => void
  /** For a person who has a log-in; absent where the link is not for joining. */
  withLogin?: (() => void) | undefined
}

/** A new person chooses login, name and password; a person whose password was reset, a password. */
export function EnterForm({ link, token, pending, error, submit, withLogin }: Props) {
  const { t } = useWords()
  const [login, setLogin] = useState(link.login ?? '')
  const [displayName, setDisplayName] = useState('')
  const [password, setPassword] = useState('')
  const isReset = link.purpose === 'reset'
  const title = isReset ? t('session.newPassword') : t('session.welcomeTo', { organisation: link.organisation })
  return (
    <SessionFrame
      title={title}
      lead={
        isReset
          ? t('session.newPasswordLead', { login: link.login ?? '' })
          : t(`session.lead.${link.purpose}`, { defaultValue: '' })
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit(isReset ? { password } : { login, displayName, password })
        }}
      >
        {!isReset && link.login === null && (
          <Field
            label={t('session.login')}
            value={login}
            onChange={setLogin}
            autoComplete="username"
            hint={t('session.loginHint')}
            autoFocus
          />
        )}
        {!isReset && link.login !== null && <p>{t('session.yourLogin', { login: link.login })}</p>}
        {!isReset && (
          <Field label={t('session.displayName')} value={displayName} onChange={setDisplayName} autoComplete="name" />
        )}
        {link.oidc !== null && (
          <SignOnButton body={{ token, displayName, ...(link.login === null ? { login } : {}) }} />
        )}
        {link.oidc === 'possible' && <p className="faint">{t('signOn.orPassword')}</p>}
        {link.oidc !== 'required' && (
          <>
            <Field
              label={t('session.password')}
              value={password}
              onChange={setPassword}
              type="password"
              autoComplete="new-password"
              hint={t('session.passwordHint')}
            />
            {error !== null && <ProblemNotice error={error} />}
            <Button
              type={link.oidc === null ? 'primary' : 'default'}
              htmlType="submit"
              block
              loading={pending}
              disabled={password === ''}
            >
              {t('session.enter')}
            </Button>
          </>
        )}
      </form>
      {withLogin !== undefined && (
        <Button type="link" onClick={withLogin}>
          {t('session.withLogin')}
        </Button>
      )}
    </SessionFrame>
  )
}

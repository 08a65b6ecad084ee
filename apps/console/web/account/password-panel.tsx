import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import { useMe } from '../session/use-me'
import { useChangePassword } from './account-queries'

/** Changes the password, or chooses the first one for a person who has none yet. */
export function PasswordPanel({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useWords()
  const { data: me } = useMe()
  // A first password is not chosen on the word of the provider: an owner makes a link for one.
  const isForOwners = !hasPassword && me?.oidc === true
  const [open, setOpen] = useState(false)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useChangePassword()
  const close = (): void => {
    setOpen(false)
    setCurrent('')
    setNext('')
  }
  return (
    <Panel title={t('account.password')}>
      {change.isSuccess && !open && (
        <Alert className="problem" type="success" showIcon title={t('account.passwordChanged')} />
      )}
      {!open && (
        <div className="account-line">
          <p className="grow">
            {t(hasPassword ? 'account.passwordSet' : isForOwners ? 'signOn.noPassword' : 'account.passwordNone')}
          </p>
          {!isForOwners && (
            <Button
              onClick={() => {
                change.reset()
                setOpen(true)
              }}
            >
              {t(hasPassword ? 'account.passwordChange' : 'account.passwordChoose')}
            </Button>
          )}
        </div>
      )}
      {open && (
        <form
          className="account-form"
          onSubmit={(event) => {
            event.preventDefault()
            change.mutate({ current, next }, { onSuccess: close })
          }}
        >
          {hasPassword && (
            <Field
              label={t('account.passwordCurrent')}
              value={current}
              onChange={setCurrent}
              type="password"
              autoComplete="current-password"
              autoFocus
            />
          )}
          <Field
            label={t('account.passwordNext')}
            value={next}
            onChange={setNext}
            type="password"
            autoComplete="new-password"
            hint={t('session.passwordHint')}
            autoFocus={!hasPassword}
          />
          {change.error !== null && <ProblemNotice error={change.error} />}
          <div className="buttons">
            <Button
              type="primary"
              htmlType="submit"
              loading={change.isPending}
              disabled={next === '' || (hasPassword && current === '')}
            >
              {t('account.save')}
            </Button>
            <Button onClick={close}>{t('session.cancel')}</Button>
          </div>
        </form>
      )}
    </Panel>
  )
}

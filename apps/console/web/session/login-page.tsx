import { useWords } from '../i18n/use-words'
import { LoginForm } from './login-form'
import { useSessionChange } from './use-me'

/** The log-in, at whatever address the reader came to. */
export function LoginPage() {
  const { t } = useWords()
  const change = useSessionChange()
  return (
    <LoginForm title={t('session.title')} offersSignOn done={change}>
      <p className="faint">{t('session.noAccount')}</p>
    </LoginForm>
  )
}

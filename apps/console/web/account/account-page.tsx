import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useAccount } from './account-queries'
import { MySessions } from './my-sessions'
import { PasswordPanel } from './password-panel'
import { SecondFactorPanel } from './second-factor-panel'
import { SignOnPanel } from './sign-on-panel'
import { WhoPanel } from './who-panel'

/** What a person sees and changes of the own account. */
export function AccountPage() {
  const { t } = useWords()
  const { data, error, refetch, isPending } = useAccount()
  return (
    <div className="page page-narrow">
      <header className="page-head">
        <h1>{t('account.title')}</h1>
        <p className="faint">{t('account.lead')}</p>
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={4} />}
      {data !== undefined && (
        <div className="panels">
          <WhoPanel account={data} />
          <PasswordPanel hasPassword={data.hasPassword} />
          <SignOnPanel />
          <SecondFactorPanel account={data} />
          <MySessions />
        </div>
      )}
    </div>
  )
}

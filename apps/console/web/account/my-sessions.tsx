import { Button } from 'antd'
import { useState } from 'react'
import type { Session } from '../api/schema'
import { ConfirmDialog } from '../components/confirm-dialog'
import { Instant } from '../components/instant'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { useRevokeOtherSessions, useRevokeSession, useSessions } from './account-queries'
import { browserNameOf } from './browser-name'

/** Where the reader is logged in, with buttons that end one session or all others. */
export function MySessions() {
  const { t } = useWords()
  const { data, error, refetch } = useSessions()
  const revoke = useRevokeSession()
  const revokeOthers = useRevokeOtherSessions()
  const [isConfirming, setIsConfirming] = useState(false)
  const close = (): void => {
    setIsConfirming(false)
    revokeOthers.reset()
  }
  return (
    <section className="panel scroll-x">
      <header className="panel-head">
        <h2>{t('account.sessions')}</h2>
        <span className="faint">{t('account.sessionsHint')}</span>
        <span className="grow" />
        {data !== undefined && data.items.length > 1 && (
          <Button size="small" onClick={() => setIsConfirming(true)}>
            {t('account.endOthers')}
          </Button>
        )}
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {revoke.error !== null && <ProblemNotice error={revoke.error} />}
      <table className="ledger ledger-roomy">
        <thead>
          <tr>
            <th>{t('account.browser')}</th>
            <th>{t('account.address')}</th>
            <th>{t('account.since')}</th>
            <th>{t('account.lastSeen')}</th>
            <th>{t('account.ends')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {data?.items.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              end={() => revoke.mutate(session.id)}
              ending={revoke.isPending && revoke.variables === session.id}
            />
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        open={isConfirming}
        title={t('account.endOthers')}
        confirm={t('account.endOthers')}
        pending={revokeOthers.isPending}
        error={revokeOthers.error}
        onConfirm={() => revokeOthers.mutate(undefined, { onSuccess: close })}
        onCancel={close}
      >
        {t('account.endOthersText')}
      </ConfirmDialog>
    </section>
  )
}

function SessionRow({ session, end, ending }: { session: Session; end: () => void; ending: boolean }) {
  const { t } = useWords()
  const browser = browserNameOf(session.userAgent)
  const name = browser === undefined ? t('account.unknownBrowser') : t('account.on', { ...browser })
  return (
    <tr>
      <td>
        <span title={session.userAgent}>{name}</span>
        {session.current && <span className="badge badge-good">{t('account.current')}</span>}
        {browser === undefined && <div className="second">{session.userAgent}</div>}
      </td>
      <td className="number">{session.address}</td>
      <td>
        <Instant at={session.createdAt} />
      </td>
      <td>
        <Instant at={session.lastSeenAt} />
      </td>
      <td>
        <Instant at={session.endsAt} />
      </td>
      <td className="end">
        {!session.current && (
          <Button size="small" loading={ending} onClick={end} aria-label={`${t('account.end')} ${name}`}>
            {t('account.end')}
          </Button>
        )}
      </td>
    </tr>
  )
}

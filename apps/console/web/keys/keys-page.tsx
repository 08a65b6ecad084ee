import { Button } from 'antd'
import { useState } from 'react'
import type { ApiKey } from '../api/schema'
import { ConfirmDialog } from '../components/confirm-dialog'
import { EmptyState } from '../components/empty-state'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { CreateKeyDialog } from './create-key-dialog'
import { useKeys, useRevokeKey } from './key-queries'
import { KeyRow } from './key-row'

/** The API keys of the organisation, including revoked ones. */
export function KeysPage() {
  const { t } = useWords()
  const { data, error, refetch, isPending } = useKeys()
  const mayWrite = useMay('keys.write')
  const [creating, setCreating] = useState(false)
  const [keyToRevoke, setKeyToRevoke] = useState<ApiKey | undefined>()
  const revoke = useRevokeKey()
  const close = (): void => {
    setKeyToRevoke(undefined)
    revoke.reset()
  }
  return (
    <div className="page page-narrow">
      <header className="page-head page-head-line">
        <div className="grow">
          <h1>{t('keys.title')}</h1>
          <p className="faint">{t('keys.lead')}</p>
        </div>
        {mayWrite && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t('keys.create')}
          </Button>
        )}
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={4} />}
      {data?.items.length === 0 && <EmptyState title={t('keys.empty')} hint={t('keys.emptyHint')} />}
      {data !== undefined && data.items.length > 0 && (
        <section className="panel scroll-x">
          <table className="ledger ledger-roomy" aria-label={t('keys.list')}>
            <thead>
              <tr>
                <th>{t('keys.label')}</th>
                <th>{t('keys.state')}</th>
                <th>{t('keys.permissions')}</th>
                <th>{t('keys.stores')}</th>
                <th>{t('keys.created')}</th>
                <th>{t('keys.expires')}</th>
                <th>{t('keys.lastUsed')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {data.items.map((item) => (
                <KeyRow key={item.id} item={item} {...(mayWrite ? { revoke: () => setKeyToRevoke(item) } : {})} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {creating && <CreateKeyDialog close={() => setCreating(false)} />}
      <ConfirmDialog
        open={keyToRevoke !== undefined}
        title={t('keys.revokeTitle', { label: keyToRevoke?.label ?? '' })}
        confirm={t('keys.revoke')}
        danger
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => keyToRevoke !== undefined && revoke.mutate(keyToRevoke.id, { onSuccess: close })}
        onCancel={close}
      >
        {t('keys.revokeText')}
      </ConfirmDialog>
    </div>
  )
}

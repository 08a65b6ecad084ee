import { Button } from 'antd'
import { useState } from 'react'
import type { Invitation } from '../api/schema'
import { ConfirmDialog } from '../components/confirm-dialog'
import { Instant } from '../components/instant'
import { StoreNames } from '../components/store-names'
import { useWords } from '../i18n/use-words'
import { useWithdraw } from './people-queries'

/** Links that were not opened yet. They were shown once; here they can only be withdrawn. */
export function Invitations({ items, mayWrite }: { items: readonly Invitation[]; mayWrite: boolean }) {
  const { t } = useWords()
  const [idToWithdraw, setIdToWithdraw] = useState<string | undefined>()
  const withdraw = useWithdraw()
  const close = (): void => {
    setIdToWithdraw(undefined)
    withdraw.reset()
  }
  return (
    <section className="panel scroll-x">
      <header className="panel-head">
        <h2>{t('people.invitations')}</h2>
      </header>
      <table className="ledger ledger-roomy">
        <thead>
          <tr>
            <th>{t('account.login')}</th>
            <th>{t('people.role')}</th>
            <th>{t('people.stores')}</th>
            <th>{t('people.until')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, login, role, stores, expiresAt }) => (
            <tr key={id}>
              <td>{login ?? <span className="faint">{t('people.anyLogin')}</span>}</td>
              <td>{t(`role.${role}`)}</td>
              <td>
                <StoreNames stores={stores} />
              </td>
              <td>
                <Instant at={expiresAt} />
              </td>
              <td className="end">
                {mayWrite && (
                  <Button size="small" onClick={() => setIdToWithdraw(id)}>
                    {t('people.withdraw')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        open={idToWithdraw !== undefined}
        title={t('people.withdrawTitle')}
        confirm={t('people.withdraw')}
        danger
        pending={withdraw.isPending}
        error={withdraw.error}
        onConfirm={() => idToWithdraw !== undefined && withdraw.mutate(idToWithdraw, { onSuccess: close })}
        onCancel={close}
      >
        {t('people.withdrawText')}
      </ConfirmDialog>
    </section>
  )
}

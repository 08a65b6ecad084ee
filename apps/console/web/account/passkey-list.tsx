import { Button } from 'antd'
import { useState } from 'react'
import type { Passkey } from '../api/schema'
import { ConfirmDialog } from '../components/confirm-dialog'
import { Instant } from '../components/instant'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { hasPasskeys } from '../passkeys/device'
import { usePasskeys } from '../passkeys/passkey-queries'
import { useRemovePasskey } from './account-queries'
import { AddPasskeyDialog } from './add-passkey-dialog'

interface Props {
  /** Another second factor remains when the last passkey is removed. */
  hasApp: boolean
  /** With the recovery codes, where it is the first second factor. */
  added: (codes: readonly string[] | null) => void
}

/** The reader's passkeys, one of which can be added or removed. */
export function PasskeyList({ hasApp, added }: Props) {
  const { t } = useWords()
  const { data, error, refetch } = usePasskeys()
  const [isAdding, setIsAdding] = useState(false)
  const [removing, setRemoving] = useState<Passkey | undefined>()
  const remove = useRemovePasskey()
  const close = (): void => {
    setRemoving(undefined)
    remove.reset()
  }
  const possible = data?.possible === true && hasPasskeys()
  const isLast = !hasApp && data?.items.length === 1
  return (
    <>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      <div className="account-line">
        <p className="grow">
          <b>{t('passkeys.title')}</b> {t('passkeys.lead')}
          {data !== undefined && !possible && (
            <span className="faint"> {t(data.possible ? 'passkeys.oldBrowser' : 'passkeys.notHere')}</span>
          )}
        </p>
        {possible && <Button onClick={() => setIsAdding(true)}>{t('passkeys.add')}</Button>}
      </div>
      {data !== undefined && data.items.length > 0 && (
        <div className="scroll-x">
          <table className="ledger ledger-roomy">
            <thead>
              <tr>
                <th>{t('passkeys.name')}</th>
                <th>{t('passkeys.created')}</th>
                <th>{t('account.lastSeen')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {data.items.map((passkey) => (
                <tr key={passkey.id}>
                  <td>
                    {passkey.name}
                    {!passkey.usableHere && (
                      <div className="second">{t('passkeys.worksAt', { host: passkey.host })}</div>
                    )}
                  </td>
                  <td>
                    <Instant at={passkey.createdAt} />
                  </td>
                  <td>{passkey.lastUsedAt === null ? t('passkeys.never') : <Instant at={passkey.lastUsedAt} />}</td>
                  <td className="end">
                    <Button
                      size="small"
                      danger
                      onClick={() => setRemoving(passkey)}
                      aria-label={`${t('passkeys.remove')} ${passkey.name}`}
                    >
                      {t('passkeys.remove')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAdding && (
        <AddPasskeyDialog
          close={() => setIsAdding(false)}
          added={(codes) => {
            setIsAdding(false)
            added(codes)
          }}
        />
      )}
      <ConfirmDialog
        open={removing !== undefined}
        title={t('passkeys.removeTitle', { name: removing?.name ?? '' })}
        confirm={t('passkeys.remove')}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(removing?.id ?? '', { onSuccess: close })}
        onCancel={close}
      >
        {t(isLast ? 'passkeys.removeLastText' : 'passkeys.removeText')}
      </ConfirmDialog>
    </>
  )
}

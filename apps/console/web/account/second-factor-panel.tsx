import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '../components/confirm-dialog'
import type { Account } from '../api/schema'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { ShownOnce } from '../components/shown-once'
import { useWords } from '../i18n/use-words'
import { useBeginSecondFactor, useRemoveSecondFactor, useRenewRecoveryCodes } from './account-queries'
import { PasskeyList } from './passkey-list'
import { SecondFactorSetUp } from './second-factor-set-up'

/** Authenticator app, passkeys and recovery codes: sets them up, and turns all of them off. */
export function SecondFactorPanel({ account }: { account: Account }) {
  const { secondFactor: isOn, authenticatorApp: hasApp, recoveryCodesLeft: codesLeft } = account
  const { t } = useWords()
  const [confirming, setConfirming] = useState<'remove' | 'renew' | undefined>()
  const [codes, setCodes] = useState<readonly string[] | undefined>()
  const begin = useBeginSecondFactor()
  const remove = useRemoveSecondFactor()
  const renew = useRenewRecoveryCodes()
  const close = (): void => {
    setConfirming(undefined)
    remove.reset()
    renew.reset()
  }
  return (
    <Panel title={t('account.second')}>
      <div className="account-line">
        <p className="grow">
          {t(isOn ? 'account.secondOn' : 'account.secondOff')} {isOn && t('account.secondLeft', { n: codesLeft })}
        </p>
        {isOn && (
          <>
            <Button onClick={() => setConfirming('renew')}>{t('account.codesNew')}</Button>
            <Button danger onClick={() => setConfirming('remove')}>
              {t('account.secondRemove')}
            </Button>
          </>
        )}
      </div>
      <PasskeyList hasApp={hasApp} added={(given) => given !== null && setCodes(given)} />
      {begin.error !== null && <ProblemNotice error={begin.error} />}
      {begin.data === undefined ? (
        <div className="account-line">
          <p className="grow">
            <b>{t('account.app')}</b> {t(hasApp ? 'account.appOn' : 'account.appOff')}
          </p>
          <Button loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
            {t(hasApp ? 'account.secondSetUpAgain' : 'account.secondSetUp')}
          </Button>
        </div>
      ) : (
        <SecondFactorSetUp
          secret={begin.data}
          cancel={() => begin.reset()}
          done={(recoveryCodes) => {
            begin.reset()
            setCodes(recoveryCodes)
          }}
        />
      )}
      <ConfirmDialog
        open={confirming === 'remove'}
        title={t('account.secondRemove')}
        confirm={t('account.secondRemove')}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: close })}
        onCancel={close}
      >
        {t('account.secondRemoveText')}
      </ConfirmDialog>
      <ConfirmDialog
        open={confirming === 'renew'}
        title={t('account.codesNew')}
        confirm={t('account.codesNew')}
        pending={renew.isPending}
        error={renew.error}
        onConfirm={() =>
          renew.mutate(undefined, {
            onSuccess: (renewed) => {
              close()
              setCodes(renewed.codes)
            },
          })
        }
        onCancel={close}
      >
        {t('account.codesNewText')}
      </ConfirmDialog>
      {codes !== undefined && (
        <ShownOnce
          title={t('account.codes')}
          lead={t('account.codesLead')}
          label={t('account.codes')}
          text={codes.join('\n')}
          onClose={() => setCodes(undefined)}
        />
      )}
    </Panel>
  )
}

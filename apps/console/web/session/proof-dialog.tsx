import { useMutation } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useAccount } from '../account/account-queries'
import { api, dataOf } from '../api/client'
import { dialogPlace } from '../components/dialog-place'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { hasPasskeys } from '../passkeys/device'
import { PasskeyButton } from '../passkeys/passkey-button'
import { usePasskeys } from '../passkeys/passkey-queries'
import { Field } from './field'
import { SignOnButton } from './sign-on-button'
import { useMe } from './use-me'
import { showProofDialogWith } from './proof-requests'

/** Asks who it is once more; the request that was refused is then sent again by the client. */
export function ProofDialog() {
  const { t } = useWords()
  const [answer, setAnswer] = useState<((proven: boolean) => void) | undefined>()
  const [secret, setSecret] = useState('')
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => showProofDialogWith((given) => setAnswer(() => given)), [])
  const { data: account } = useAccount(answer !== undefined)
  const { data: passkeys } = usePasskeys(answer !== undefined)
  const { data: me } = useMe()
  const isSignedOn = me?.oidc === true
  const hasNeither = account?.hasPassword === false && !account.secondFactor
  // The owner of the demonstration, whom only a link logs in: a click confirms.
  const hasNoSecret = hasNeither && !isSignedOn
  const asksForSecret = !hasNeither
  const byCode = account?.secondFactor === true
  const hasApp = account?.authenticatorApp === true
  const withPasskey = hasPasskeys() && passkeys?.items.some(({ usableHere }) => usableHere) === true
  const close = (proven: boolean): void => {
    answer?.(proven)
    setAnswer(undefined)
    setSecret('')
    prove.reset()
  }
  const prove = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/api/session/proof', {
          body: hasNoSecret ? { password: '' } : byCode ? { code: secret.trim() } : proofOf(secret),
        }),
      ),
    onSuccess: () => close(true),
  })
  return (
    <Modal
      getContainer={dialogPlace}
      open={answer !== undefined}
      title={t('session.proof')}
      okText={t('session.confirm')}
      cancelText={t('session.cancel')}
      confirmLoading={prove.isPending}
      okButtonProps={{ disabled: secret.trim() === '' && !hasNoSecret }}
      onOk={() => prove.mutate()}
      onCancel={() => close(false)}
      // Above another dialog the focus would go to the button that closes this one.
      afterOpenChange={(isOpen) => isOpen && form.current?.querySelector('input')?.focus()}
      destroyOnHidden
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          prove.mutate()
        }}
      >
        <p>
          {t(
            hasNoSecret
              ? 'session.proofByClick'
              : byCode
                ? leadOfCode(withPasskey, hasApp)
                : asksForSecret
                  ? 'session.proofLead'
                  : 'signOn.proofLead',
          )}
        </p>
        {isSignedOn && !byCode && (
          <>
            <SignOnButton proof />
            <p className="faint">{t('signOn.proofHint')}</p>
          </>
        )}
        {withPasskey && (
          <PasskeyButton
            begin={() => dataOf(api.POST('/api/session/proof/passkey/begin'))}
            complete={(assertion) => dataOf(api.POST('/api/session/proof/passkey', { body: { assertion } }))}
            done={() => close(true)}
          />
        )}
        {asksForSecret && (
          <Field
            label={t(byCode ? (hasApp ? 'session.code' : 'passkeys.recoveryCode') : 'session.passwordOrCode')}
            value={secret}
            onChange={setSecret}
            type={byCode ? 'text' : 'password'}
            autoComplete={byCode ? 'one-time-code' : 'current-password'}
            autoFocus
          />
        )}
        {prove.error !== null && <ProblemNotice error={prove.error} />}
      </form>
    </Modal>
  )
}

const leadOfCode = (withPasskey: boolean, hasApp: boolean) => {
  if (withPasskey) return hasApp ? 'passkeys.proofLeadOrCode' : 'passkeys.proofLead'
  return hasApp ? 'session.proofByCode' : 'passkeys.proofLeadElsewhere'
}

/** Codes have six digits, recovery codes fewer than twelve characters; every password has at least twelve. */
const proofOf = (secret: string): { code: string } | { password: string } =>
  secret.trim().length < 12 ? { code: secret.trim() } : { password: secret }

import { Button, QRCode } from 'antd'
import { useState } from 'react'
import type { SecondFactorSecret } from '../api/schema'
import { Copyable } from '../components/copyable'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import { useConfirmSecondFactor } from './account-queries'

interface Props {
  secret: SecondFactorSecret
  cancel: () => void
  done: (recoveryCodes: readonly string[]) => void
}

/** The secret as a QR code, drawn here, and as text; it counts once the app has shown a right code. */
export function SecondFactorSetUp({ secret, cancel, done }: Props) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const confirm = useConfirmSecondFactor()
  return (
    <div className="set-up">
      {/* Dark on white in dark mode, too: many apps do not read it the other way round. */}
      <div role="img" aria-label={t('account.secondQr')}>
        <QRCode type="svg" value={secret.uri} size={180} color="#000" bgColor="#fff" />
      </div>
      <form
        className="account-form"
        onSubmit={(event) => {
          event.preventDefault()
          confirm.mutate(code.trim(), { onSuccess: ({ codes }) => done(codes) })
        }}
      >
        <p>{t('account.secondScan')}</p>
        <p className="account-secret">
          {t('account.secondKey')} <Copyable text={secret.secret} />
        </p>
        <Field label={t('session.code')} value={code} onChange={setCode} autoComplete="one-time-code" autoFocus />
        {confirm.error !== null && <ProblemNotice error={confirm.error} />}
        <div className="buttons">
          <Button type="primary" htmlType="submit" loading={confirm.isPending} disabled={code.trim() === ''}>
            {t('account.secondConfirm')}
          </Button>
          <Button onClick={cancel}>{t('session.cancel')}</Button>
        </div>
      </form>
    </div>
  )
}

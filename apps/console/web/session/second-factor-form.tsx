import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import type { Me, SignIn } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { hasPasskeys } from '../passkeys/device'
import { PasskeyButton } from '../passkeys/passkey-button'
import { Field } from './field'
import { SessionFrame } from './session-frame'

interface Props {
  challenge: string
  /** What the person has, and can use here. */
  factors: SignIn['factors']
  done: (me: Me) => void
  back: () => void
}

/** The second step of the log-in: a passkey, a code of the app, or a recovery code. */
export function SecondFactorForm({ challenge, factors, done, back }: Props) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => dataOf(api.POST('/api/session/second-factor', { body: { challenge, code: code.trim() } })),
    onSuccess: ({ me }) => me !== null && done(me),
  })
  const withPasskey = factors.includes('passkey') && hasPasskeys()
  const withApp = factors.includes('app')
  return (
    <SessionFrame
      title={t('session.secondFactor')}
      lead={t(
        withPasskey
          ? withApp
            ? 'passkeys.logInOrCode'
            : 'passkeys.logIn'
          : withApp
            ? 'session.secondFactorLead'
            : 'passkeys.logInElsewhere',
      )}
    >
      {withPasskey && (
        <PasskeyButton
          begin={() => dataOf(api.POST('/api/session/passkey/begin', { body: { challenge } }))}
          complete={(assertion) => dataOf(api.POST('/api/session/passkey', { body: { challenge, assertion } }))}
          done={({ me }) => me !== null && done(me)}
        />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          confirm.mutate()
        }}
      >
        <Field
          label={t(withApp ? 'session.code' : 'passkeys.recoveryCode')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          autoFocus={!withPasskey}
        />
        {confirm.error !== null && <ProblemNotice error={confirm.error} />}
        <Button
          type={withPasskey ? 'default' : 'primary'}
          htmlType="submit"
          block
          loading={confirm.isPending}
          disabled={code.trim() === ''}
        >
          {t('session.logIn')}
        </Button>
        <Button type="link" onClick={back}>
          {t('session.back')}
        </Button>
      </form>
    </SessionFrame>
  )
}

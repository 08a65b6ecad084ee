import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import type { Me } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { Field } from './field'

interface Props {
  challenge: string
  done: (me: Me) => void
  back: () => void
}

/** The second step of the log-in: a code of the app, or a recovery code. */
export function SecondFactorForm({ challenge, done, back }: Props) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => dataOf(api.POST('/api/session/second-factor', { body: { challenge, code: code.trim() } })),
    onSuccess: ({ me }) => me !== null && done(me),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate()
      }}
    >
      <Field label={t('session.code')} value={code} onChange={setCode} autoComplete="one-time-code" autoFocus />
      {confirm.error !== null && <ProblemNotice error={confirm.error} />}
      <Button type="primary" htmlType="submit" block loading={confirm.isPending} disabled={code.trim() === ''}>
        {t('session.logIn')}
      </Button>
      <Button type="link" onClick={back}>
        {t('session.back')}
      </Button>
    </form>
  )
}

import { Alert, Button, Checkbox, Radio } from 'antd'
import { useState } from 'react'
import { ProblemNotice } from '../components/problem-notice'
import { ERASURE_REQUEST_REASONS, type ErasureRequestReason } from '../i18n/erasure-words'
import { useWords } from '../i18n/use-words'
import { Field } from '../session/field'
import { ErasableCases } from './erasable-cases'
import { useRequestErasure, type ErasureOverview } from './erasure-queries'

interface Props {
  caseId: string
  caseNumber: string
  preview: ErasureOverview
  close: () => void
}

/** What would be erased, what stays, and the confirmation: a reason, and the number of the case typed. */
export function ErasureForm({ caseId, caseNumber, preview: { cases, messages, pieces, notes }, close }: Props) {
  const { t, say } = useWords()
  const [reason, setReason] = useState<ErasureRequestReason>()
  const [withOpen, setWithOpen] = useState(false)
  const [typed, setTyped] = useState('')
  // One id for all attempts of this dialog: a request whose answer was lost is not entered twice.
  const [key] = useState(() => crypto.randomUUID())
  const request = useRequestErasure(caseId)
  if (cases.length === 0) return <p>{t('erasure.nothing')}</p>
  const hasOpen = cases.some(({ open }) => open)
  const isBusy = cases.some(({ busy }) => busy)
  const isReady = reason !== undefined && typed.trim() === caseNumber && (withOpen || !hasOpen) && !isBusy
  const submit = (): void => {
    if (!isReady || request.isPending) return
    request.mutate({ key, reason, caseNumber, withOpen, cases: cases.map((one) => one.caseId) })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p>{t('erasure.lead')}</p>
      <p>
        <b>{t('erasure.counts', { cases: cases.length, messages, pieces, notes })}</b>
        <br />
        <span className="faint">{t('erasure.same')}</span>
      </p>
      <ErasableCases cases={cases} />
      <p>{t('erasure.stays')}</p>
      <p>{t('erasure.notReached')}</p>
      {isBusy && <Alert type="warning" showIcon title={t('erasure.settleFirst')} />}
      <p className="reveal-reason">{t('erasure.reason')}</p>
      <Radio.Group
        aria-label={t('erasure.reason')}
        className="reveal-reasons"
        value={reason}
        options={Object.entries(ERASURE_REQUEST_REASONS).map(([value, term]) => ({ value, label: say(term) }))}
        onChange={({ target }) => setReason(target.value as ErasureRequestReason)}
      />
      {hasOpen && (
        <Checkbox className="erasure-open" checked={withOpen} onChange={({ target }) => setWithOpen(target.checked)}>
          {t('erasure.withOpen')}
        </Checkbox>
      )}
      <Field label={t('erasure.typed', { n: caseNumber })} value={typed} onChange={setTyped} autoComplete="off" />
      {request.error !== null && <ProblemNotice error={request.error} />}
      <div className="dialog-buttons">
        <Button onClick={close}>{t('session.cancel')}</Button>
        <Button type="primary" danger htmlType="submit" disabled={!isReady} loading={request.isPending}>
          {t('erasure.submit')}
        </Button>
      </div>
    </form>
  )
}

import { useMutation } from '@tanstack/react-query'
import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { api, dataOf } from '../api/client'
import { dialogPlace } from '../components/dialog-place'
import { ProblemNotice } from '../components/problem-notice'
import { REVEAL_REASONS, type RevealReason } from '../i18n/reveal-words'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'

type BuyerField = 'name' | 'phone'

/** Shows the name or phone in clear, once there is a reason; the server keeps an entry. Closed, it is masked again. */
export function RevealBuyer({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const mayReveal = useMay('personal.reveal')
  const [isOpen, setIsOpen] = useState(false)
  if (!mayReveal) return null
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t('reveal.button')}
      </Button>
      {isOpen && <RevealDialog caseId={caseId} close={() => setIsOpen(false)} />}
    </>
  )
}

function RevealDialog({ caseId, close }: { caseId: string; close: () => void }) {
  const { t, say } = useWords()
  const [field, setField] = useState<BuyerField>('phone')
  const [reason, setReason] = useState<RevealReason>()
  const reveal = useMutation({
    mutationFn: (body: { field: BuyerField; reason: RevealReason }) =>
      dataOf(api.POST('/api/cases/{id}/buyer/reveal', { params: { path: { id: caseId } }, body })),
  })
  const submit = (): void => {
    if (reason !== undefined && !reveal.isPending) reveal.mutate({ field, reason })
  }
  const isShown = reveal.data !== undefined
  return (
    <Modal
      getContainer={dialogPlace}
      open
      title={t('reveal.title')}
      okText={isShown ? t('reveal.close') : t('reveal.show')}
      cancelText={t('session.cancel')}
      confirmLoading={reveal.isPending}
      okButtonProps={{ disabled: !isShown && reason === undefined }}
      {...(isShown ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
      onOk={isShown ? close : submit}
      onCancel={close}
    >
      {isShown ? (
        <>
          <p className="reveal-value number" aria-live="polite">
            {reveal.data.value ?? t('unknown')}
          </p>
          <p className="faint">{t('reveal.left', { n: reveal.data.left })}</p>
        </>
      ) : (
        <>
          <p>{t('reveal.lead')}</p>
          <Radio.Group
            aria-label={t('reveal.what')}
            value={field}
            optionType="button"
            options={[
              { value: 'phone', label: t('reveal.phone') },
              { value: 'name', label: t('reveal.name') },
            ]}
            onChange={({ target }) => setField(target.value as BuyerField)}
          />
          <p className="reveal-reason">{t('reveal.reason')}</p>
          <Radio.Group
            aria-label={t('reveal.reason')}
            className="reveal-reasons"
            value={reason}
            options={Object.entries(REVEAL_REASONS).map(([value, term]) => ({ value, label: say(term) }))}
            onChange={({ target }) => setReason(target.value as RevealReason)}
          />
          {reveal.error !== null && <ProblemNotice error={reveal.error} />}
        </>
      )}
    </Modal>
  )
}

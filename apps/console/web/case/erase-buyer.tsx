import { Button, Modal } from 'antd'
import { useState } from 'react'
import { dialogPlace } from '../components/dialog-place'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { ErasureForm } from './erasure-form'
import { ErasureProgress } from './erasure-progress'
import { useErasure } from './erasure-queries'

/** Erases the buyer of a case for good: what would go is shown first, and how far it is afterwards. */
export function EraseBuyer({ caseId, caseNumber }: { caseId: string; caseNumber: string }) {
  const { t } = useWords()
  const mayErase = useMay('personal.erase')
  const [isOpen, setIsOpen] = useState(false)
  if (!mayErase) return null
  return (
    <>
      <Button size="small" onClick={() => setIsOpen(true)}>
        {t('erasure.button')}
      </Button>
      {isOpen && <ErasureDialog caseId={caseId} caseNumber={caseNumber} close={() => setIsOpen(false)} />}
    </>
  )
}

function ErasureDialog({ caseId, caseNumber, close }: { caseId: string; caseNumber: string; close: () => void }) {
  const { t } = useWords()
  const { data, error, refetch } = useErasure(caseId)
  return (
    <Modal getContainer={dialogPlace} open title={t('erasure.title')} footer={null} onCancel={close}>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data !== undefined && data.erasure !== null && <ErasureProgress erasure={data.erasure} />}
      {data !== undefined && data.erasure === null && (
        <ErasureForm caseId={caseId} caseNumber={caseNumber} preview={data} close={close} />
      )}
    </Modal>
  )
}

import { Alert } from 'antd'
import { useWords } from '../i18n/use-words'
import { fullInstant } from '../time/instants'
import { ErasableCases } from './erasable-cases'
import type { Erasure } from './erasure-queries'

/** How far a requested erasure is, and what it waits for. */
export function ErasureProgress({ erasure }: { erasure: Erasure }) {
  const { t } = useWords()
  const { requestedBy, requestedAt, finishedAt, erasedCases: erased, cases, messages, pieces, notes } = erasure
  const at = fullInstant(requestedAt)
  const isDone = finishedAt !== null
  return (
    <div aria-live="polite">
      <Alert
        showIcon
        type={isDone ? 'success' : 'info'}
        title={t(isDone ? 'erasure.done' : 'erasure.working')}
        description={t('erasure.progress', { erased, cases, messages, pieces, notes })}
      />
      <p>
        {requestedBy === null ? t('erasure.byRetention', { at }) : t('erasure.requestedBy', { by: requestedBy, at })}
        {isDone && (
          <>
            <br />
            {t('erasure.doneAt', { at: fullInstant(finishedAt) })}
          </>
        )}
      </p>
      {erasure.waitsFor.length > 0 && (
        <>
          <p>{t('erasure.waitsFor')}</p>
          <ErasableCases cases={erasure.waitsFor} />
        </>
      )}
      {!isDone && <p className="faint">{t('erasure.leaving')}</p>}
    </div>
  )
}

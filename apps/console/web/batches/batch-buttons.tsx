import { Button } from 'antd'
import { useNavigate } from 'react-router'
import type { Batch } from '../api/schema'
import { ProblemNotice } from '../components/problem-notice'
import { useWords } from '../i18n/use-words'
import { useRecall, useRetry } from './batch-queries'

/** What the reader may do with a batch as a whole. Calling back is not asked again: seconds count for what waits to be sent. */
export function BatchButtons({ batch: { id, state, canRecall, canRetry } }: { batch: Batch }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const recall = useRecall()
  const retry = useRetry()
  const isFrozen = state === 'frozen'
  return (
    <>
      {canRecall && (
        <Button danger={!isFrozen} loading={recall.isPending} onClick={() => recall.mutate(id)}>
          {t(isFrozen ? 'batches.discard' : 'batches.recall')}
        </Button>
      )}
      {canRetry && (
        <Button
          loading={retry.isPending}
          onClick={() => retry.mutate(id, { onSuccess: (again) => void navigate(`/batches/${again.id}`) })}
        >
          {t('batches.retry')}
        </Button>
      )}
      {recall.error !== null && <ProblemNotice error={recall.error} />}
      {retry.error !== null && <ProblemNotice error={retry.error} />}
    </>
  )
}

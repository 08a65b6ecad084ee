import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { Batch } from '../api/schema'
import { Instant } from '../components/instant'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { BatchButtons } from './batch-buttons'
import { BatchItems } from './batch-items'
import { BatchOutcomes } from './batch-outcomes'
import { BatchPreview } from './batch-preview'
import { useBatch } from './batch-queries'
import { itemFilterOf, itemFilterParams } from './item-filter'

/** One batch: before the start its preview, then how far it is and what became of each case. */
export function BatchPage() {
  const { t } = useWords()
  const { id = '' } = useParams()
  const { data: batch, error, refetch, isPending } = useBatch(id)
  return (
    <div className="page batch">
      <Link to="/batches">← {t('batches.back')}</Link>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={6} />}
      {batch !== undefined && <BatchDetail key={id} batch={batch} />}
    </div>
  )
}

function BatchDetail({ batch }: { batch: Batch }) {
  const { t, name } = useWords()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const filter = itemFilterOf(params)
  const { state, outcomes } = batch
  const isUnstarted = state === 'frozen' || state === 'expired'
  const shown = name('actions', batch.action)
  return (
    <>
      <header className="page-head">
        <h1>
          {shown} <span className={`batch-state state-${state}`}>{t(`batches.state.${state}`)}</span>
        </h1>
        <p className="faint">
          {batch.createdBy} · <Instant at={batch.startedAt ?? batch.createdAt} />
          {batch.recalledBy !== null && <> · {t('batches.recalledBy', { name: batch.recalledBy })}</>}
          {batch.retryOf !== null && (
            <>
              {' · '}
              <Link to={`/batches/${batch.retryOf}`}>{t('batches.retryOf')}</Link>
            </>
          )}
        </p>
      </header>
      {isUnstarted && batch.own ? (
        <Panel title={t('batches.preview')}>
          <BatchPreview batch={batch} onStarted={() => void navigate(`/batches/${batch.id}`, { replace: true })}>
            <BatchButtons batch={batch} />
          </BatchPreview>
        </Panel>
      ) : (
        <BatchOutcomes batch={batch} filter={filter} choose={(next) => setParams(itemFilterParams(next))}>
          <BatchButtons batch={batch} />
        </BatchOutcomes>
      )}
      <Panel
        title={t('batches.items')}
        side={
          filter.outcome !== undefined && (
            <button type="button" className="plain link" onClick={() => setParams({})}>
              {t('batches.allOutcomes')}
            </button>
          )
        }
      >
        <BatchItems id={batch.id} filter={filter} version={JSON.stringify([state, outcomes])} />
      </Panel>
    </>
  )
}

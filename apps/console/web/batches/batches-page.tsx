import { Button } from 'antd'
import { Link } from 'react-router'
import type { ListedBatchAnswer } from '../api/schema'
import { EmptyState } from '../components/empty-state'
import { Instant } from '../components/instant'
import { Money } from '../components/money'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useBatches } from './batch-queries'

/** The reader's batches, newest first; for owners and auditors those of all people. */
export function BatchesPage() {
  const { t } = useWords()
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useBatches()
  const batches = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('batches.title')}</h1>
        <p className="faint">{t('batches.lead')}</p>
      </header>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={4} />}
      {data !== undefined && batches.length === 0 && (
        <EmptyState title={t('batches.empty')} hint={t('batches.emptyHint')} />
      )}
      {batches.length > 0 && (
        <section className="panel scroll-x">
          <table className="ledger ledger-roomy" aria-label={t('batches.title')}>
            <thead>
              <tr>
                <th>{t('batches.column.at')}</th>
                <th>{t('batches.column.action')}</th>
                <th>{t('batches.column.state')}</th>
                <th className="end">{t('batches.column.cases')}</th>
                <th className="end apart">{t('batches.column.amount')}</th>
                <th>{t('batches.column.by')}</th>
              </tr>
            </thead>
            <tbody>
              {batches.map((batch) => (
                <BatchRow key={batch.id} batch={batch} />
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('batches.more')}
            </Button>
          )}
        </section>
      )}
    </div>
  )
}

function BatchRow({ batch: { id, action, state, createdAt, createdBy, cases, totalFen, refused } }: RowProps) {
  const { t, name } = useWords()
  return (
    <tr className={state === 'expired' ? 'faint' : ''}>
      <td>
        <Instant at={createdAt} />
      </td>
      <td>
        <Link to={`/batches/${id}`}>{name('actions', action)}</Link>
      </td>
      <td>{t(`batches.state.${state}`)}</td>
      <td className="end number">
        {cases.toLocaleString('en-US')}
        {refused > 0 && (
          <div className="second">
            {t('batches.outcome.refused-by-us')} {refused.toLocaleString('en-US')}
          </div>
        )}
      </td>
      <td className="end apart">
        <Money fen={totalFen} />
      </td>
      <td>{createdBy}</td>
    </tr>
  )
}

interface RowProps {
  batch: ListedBatchAnswer
}

import { Button } from 'antd'
import { Link } from 'react-router'
import type { BatchItemAnswer } from '../api/schema'
import { StoreName } from '../components/marketplace-mark'
import { Money } from '../components/money'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useBatchItems, type ItemFilter } from './batch-queries'
import { reasonOf } from './outcome-words'

interface Props {
  id: string
  filter: ItemFilter
  /** Another one: the batch has changed, so its cases are read again. */
  version: string
}

/** The cases of a batch in its order, each with what became of it. */
export function BatchItems({ id, filter, version }: Props) {
  const { t } = useWords()
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useBatchItems(
    id,
    filter,
    version,
  )
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="scroll-x batch-items">
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={3} />}
      {data !== undefined && items.length === 0 && <p className="faint">{t('batches.noItems')}</p>}
      {items.length > 0 && (
        <table className="ledger ledger-roomy" aria-label={t('batches.items')}>
          <thead>
            <tr>
              <th>{t('batches.column.case')}</th>
              <th>{t('batches.column.store')}</th>
              <th>{t('batches.column.outcome')}</th>
              <th className="end">{t('batches.column.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <BatchItem key={item.n} item={item} />
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('batches.more')}
        </Button>
      )}
    </div>
  )
}

function BatchItem({ item }: { item: BatchItemAnswer }) {
  const words = useWords()
  const { t } = words
  const { caseId, caseNumber, marketplace, store, outcome, rule, text, amountFen } = item
  const reason = reasonOf(item, words)
  return (
    <tr>
      <td>
        <Link className="number" to={`/cases/${encodeURIComponent(caseId)}`}>
          {caseNumber ?? caseId}
        </Link>
      </td>
      <td>{marketplace === null ? store.name : <StoreName id={marketplace} name={store.name} />}</td>
      <td>
        <span className={`batch-outcome outcome-${outcome}`}>{t(`batches.outcome.${outcome}`)}</span>
        {(reason !== '' || text !== null) && (
          <div className="second">
            {reason} {text} {rule !== null && <span className="number">{rule}</span>}
          </div>
        )}
      </td>
      <td className="end">{outcome === 'refused-by-us' ? t('none') : <Money fen={amountFen} />}</td>
    </tr>
  )
}

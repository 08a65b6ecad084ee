import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useMeta } from '../api/use-meta'
import { EmptyState } from '../components/empty-state'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { isRead } from '../stores/is-read'
import { useStores } from '../stores/use-stores'
import { CaseTable } from './case-table'
import { parseQueueAddress, isNarrowed, queueSearchParams } from './queue-address'
import type { QueueAddress } from './queue-address'
import { QueueFooter } from './queue-footer'
import { filterOf, useCounts, useQueue, useSearch } from './queue-queries'
import type { FilterBarProps } from './filter-bar'
import { SearchBar } from './search-bar'
import { SelectionBar } from './selection-bar'
import { SearchResultLine } from './search-result-line'
import { TakeNextButton } from './take-next-button'
import { TurnTabs } from './turn-tabs'
import { useSearchState } from './use-search'
import { useSelection } from './use-selection'
import { latePart } from '../shell/late-part'

/** Empty boxes where the filters will be: the table below does not move. */
const WaitingFilters = (_: FilterBarProps) => (
  <>
    {['marketplace', 'store', 'kind', 'status', 'assignee', 'due', 'risk'].map((filter) => (
      <span key={filter} className="filter filter-waiting" />
    ))}
    <span className="grow" />
  </>
)
const FilterBar = latePart(() => import('./filter-bar'), 'FilterBar', WaitingFilters)

/** What we can act on now, nearest deadline first; or what a search found, finished cases included. */
export function QueuePage() {
  const { t } = useWords()
  const [params, setParams] = useSearchParams()
  const address = useMemo(() => parseQueueAddress(params), [params])
  const search = useSearchState()
  const searching = search.by !== undefined

  // “Within 4 h” counts from the server's time, which comes with the first answer: the clock of this computer may be wrong.
  const clockSynced = useMeta().data !== undefined
  const queue = useQueue(address, !searching && (address.due === undefined || clockSynced))
  const found = useSearch(search.term)
  const counts = useCounts(address)
  const list = searching ? found : queue
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])

  const isAnswered = list.data !== undefined && !(list.isPlaceholderData && rows.length === 0)

  const go = (next: QueueAddress): void => setParams(queueSearchParams(next))
  const fetchMore = list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined

  const selecting = useSelection(searching ? `${search.by} ${search.text}` : queueSearchParams(address).toString())

  return (
    <div className="queue">
      <h1 className="unseen">{t('queue.title')}</h1>
      {searching ? (
        <SearchResultLine search={search} />
      ) : (
        <TurnTabs address={address} counts={counts.data} go={go}>
          <TakeNextButton key={params.toString()} address={address} />
        </TurnTabs>
      )}
      <div className="tools">
        <SearchBar search={search} />
        {!searching && <FilterBar address={address} go={go} />}
      </div>
      {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {rows.length > 0 ? (
        <CaseTable
          key={searching ? 'search' : 'queue'}
          rows={rows}
          stale={list.isPlaceholderData}
          fetchMore={fetchMore}
          selecting={selecting}
        />
      ) : searching && search.term === undefined ? (
        <EmptyState title={t('search.lost')} />
      ) : !isAnswered ? (
        // No answer yet is not empty: what is unknown must not look like an empty queue.
        <>{list.error === null ? <Skeleton /> : <span className="grow" />}</>
      ) : searching ? (
        <EmptyState title={t('search.empty')} hint={t('search.emptyHint')} />
      ) : (
        <EmptyQueue address={address} />
      )}
      {selecting !== undefined && (
        <SelectionBar state={selecting} rows={rows} filterNow={searching ? undefined : () => filterOf(address)} />
      )}
      <QueueFooter
        loaded={isAnswered ? rows.length : undefined}
        whole={!list.hasNextPage}
        loading={list.isFetchingNextPage}
      />
    </div>
  )
}

/** An empty queue is good news only if every store is proven to be complete. */
function EmptyQueue({ address }: { address: QueueAddress }) {
  const { t } = useWords()
  const { data: stores } = useStores()
  if (isNarrowed(address)) return <EmptyState title={t('queue.emptyNarrow')} />
  if (stores?.items.some((store) => isRead(store) && store.provenUntil === null) === true)
    return <EmptyState title={t('queue.emptyEarly')} hint={t('queue.emptyEarlyHint')} />
  return <EmptyState title={t(`queue.empty.${address.turn}`)} hint={t('queue.emptyHint')} />
}

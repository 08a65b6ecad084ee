import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useCounts, useMeta, useQueue, useSearch, useStores } from '../api/queries'
import { Nothing } from '../components/empty-state'
import { ProblemNotice } from '../components/problem-notice'
import { Waiting } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { CaseTable } from './case-table'
import { FilterBar } from './filter-bar'
import { addressOf, isNarrowed, wordsOf } from './queue-address'
import type { QueueAddress } from './queue-address'
import { QueueFoot } from './queue-footer'
import { SearchBar } from './search-bar'
import { SearchResultLine } from './search-result-line'
import { TurnTabs } from './turn-tabs'
import { useSearchInUse } from './use-search'

/** What we can act on now, nearest deadline first; or what a search found, finished cases included. */
export function QueuePage() {
  const { t } = useWords()
  const [words, setWords] = useSearchParams()
  const at = useMemo(() => addressOf(words), [words])
  const search = useSearchInUse()
  const searching = search.by !== undefined

  // “Within 4 h” counts from the server's time, and the first answer brings it: the desk's own clock may be wrong.
  const clockHeard = useMeta().data !== undefined
  const queue = useQueue(at, !searching && (at.due === undefined || clockHeard))
  const found = useSearch(search.term)
  const counts = useCounts(at)
  const shown = searching ? found : queue
  const rows = useMemo(() => shown.data?.pages.flatMap((page) => page.items) ?? [], [shown.data])

  const answered = shown.data !== undefined && !(shown.isPlaceholderData && rows.length === 0)

  const go = (next: QueueAddress): void => setWords(wordsOf(next))
  const more = shown.hasNextPage && !shown.isFetchingNextPage ? () => void shown.fetchNextPage() : undefined

  return (
    <div className="queue">
      <h1 className="unseen">{t('queue.title')}</h1>
      {searching ? <SearchResultLine search={search} /> : <TurnTabs at={at} counts={counts.data} go={go} />}
      <div className="tools">
        <SearchBar search={search} />
        {!searching && <FilterBar at={at} go={go} />}
      </div>
      {shown.error !== null && <ProblemNotice error={shown.error} retry={() => void shown.refetch()} />}
      {rows.length > 0 ? (
        <CaseTable key={searching ? 'search' : 'queue'} rows={rows} stale={shown.isPlaceholderData} more={more} />
      ) : searching && search.term === undefined ? (
        <Nothing title={t('search.lost')} />
      ) : !answered ? (
        // Unanswered is not empty: what is not known must not look like an empty queue.
        <>{shown.error === null ? <Waiting /> : <span className="grow" />}</>
      ) : searching ? (
        <Nothing title={t('search.empty')} hint={t('search.emptyHint')} />
      ) : (
        <EmptyQueue at={at} />
      )}
      <QueueFoot
        loaded={answered ? rows.length : undefined}
        whole={!shown.hasNextPage}
        loading={shown.isFetchingNextPage}
      />
    </div>
  )
}

/** An empty queue is good news only where every store is proven. */
function EmptyQueue({ at }: { at: QueueAddress }) {
  const { t } = useWords()
  const { data: stores } = useStores()
  if (isNarrowed(at)) return <Nothing title={t('queue.emptyNarrow')} />
  if (stores?.items.some(({ provenUntil }) => provenUntil === null) === true)
    return <Nothing title={t('queue.emptyEarly')} hint={t('queue.emptyEarlyHint')} />
  return <Nothing title={t(`queue.empty.${at.turn}`)} hint={t('queue.emptyHint')} />
}

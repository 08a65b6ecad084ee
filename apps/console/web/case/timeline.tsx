import { Button } from 'antd'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useCaseEvents } from './case-queries'
import { TimelineEntry } from './timeline-entry'

/** Every event of the case, newest first, a page at a time. */
export function Timeline({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useCaseEvents(caseId)
  const events = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Panel title={t('timeline.title')} side={t('timeline.newest')}>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton />}
      {data !== undefined && events.length === 0 && <p className="faint">{t('timeline.empty')}</p>}
      <ol className="timeline">
        {events.map((event) => (
          <TimelineEntry key={event.version} event={event} />
        ))}
      </ol>
      {hasNextPage && (
        <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </Panel>
  )
}

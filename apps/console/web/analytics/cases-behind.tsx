import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { MetricDefinition } from '../api/schema'
import { EmptyState } from '../components/empty-state'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import type { AnalyticsAddress, Cell } from './analytics-address'
import { useCasesBehind } from './analytics-queries'
import { useFigureWords } from './figure-words'

interface Props {
  at: AnalyticsAddress
  cell: Cell
  metric: MetricDefinition
  close: () => void
}

/** The rows that a number adds up; each leads to its case, with events and raw messages. */
export function CasesBehind({ at, cell, metric, close }: Props) {
  const { t, say, nameOfCode } = useWords()
  const words = useFigureWords()
  const { data, error, refetch, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useCasesBehind(at, cell)
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const part =
    cell.part === 'unknown' ? t('unknown') : t(`analytics.${cell.part === 'denominator' ? 'denominator' : 'numerator'}`)
  // It opens below a long table: focus and view follow the number that was opened.
  const section = useRef<HTMLElement>(null)
  const address = JSON.stringify(cell)
  useEffect(() => {
    section.current?.focus({ preventScroll: true })
    section.current?.scrollIntoView({ block: 'start' })
  }, [address, isPending])
  const unit = metric.unit === 'fen' && cell.part !== 'unknown' ? 'fen' : 'count'
  return (
    <section
      ref={section}
      tabIndex={-1}
      className="cases-behind"
      aria-label={t('analytics.behind', { name: say(metric.label), part })}
    >
      <Panel
        title={t('analytics.behind', { name: say(metric.label), part })}
        side={
          <Button size="small" onClick={close}>
            {t('analytics.close')}
          </Button>
        }
      >
        {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
        {isPending && error === null && <Skeleton lines={4} />}
        {data !== undefined && items.length === 0 && <EmptyState title={t('analytics.empty')} />}
        {items.length > 0 && (
          <div className="scroll-x">
            <table className="ledger" aria-label={t('analytics.behind', { name: say(metric.label), part })}>
              <thead>
                <tr>
                  <th>{t('analytics.countedOn')}</th>
                  <th>{t('analytics.caseNumber')}</th>
                  <th>{t('analytics.store')}</th>
                  <th>{t('analytics.kind')}</th>
                  <th>{t('analytics.status')}</th>
                  <th className="end">{t('analytics.adds')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ caseId, caseNumber, row, store, kind, status, day, adds }) => (
                  <tr key={`${caseId} ${row}`}>
                    <td className="number">{day}</td>
                    <td>
                      <Link to={`/cases/${caseId}`}>{caseNumber}</Link>
                    </td>
                    <td>{store.name}</td>
                    <td>{nameOfCode('kinds', kind)}</td>
                    <td>{nameOfCode('statuses', status)}</td>
                    <td className="end number">{words.figure(adds, unit)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {hasNextPage && (
          <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('analytics.more')}
          </Button>
        )}
      </Panel>
    </section>
  )
}

import { useSearchParams } from 'react-router'
import type { MetricDefinition } from '../api/schema'
import { EmptyState } from '../components/empty-state'
import { Panel } from '../components/panel'
import { ProblemNotice } from '../components/problem-notice'
import { Skeleton } from '../components/skeleton'
import { useWords } from '../i18n/use-words'
import { useMay } from '../session/use-me'
import { fullInstant } from '../time/instants'
import { serverNow } from '../time/server-clock'
import type { AnalyticsAddress } from './analytics-address'
import { TOPICS, analyticsAddressOf, analyticsParamsOf } from './analytics-address'
import { figuresQuery, useFigures, useMetrics } from './analytics-queries'
import { CasesBehind } from './cases-behind'
import { Definition } from './definition'
import { FigureCards } from './figure-cards'
import { FigureFilters } from './figure-filters'
import { FigureTable } from './figure-table'
import { useFigureWords } from './figure-words'
import { LineChart } from './line-chart'

/** Figures over the reader's stores: cards over the range, one of them by period or by value, and the cases behind a number. */
export function AnalyticsPage() {
  const { t } = useWords()
  const [params, setParams] = useSearchParams()
  const today = (fullInstant(new Date(serverNow()).toISOString()) ?? '').slice(0, 10)
  const at = analyticsAddressOf(params, today)
  const go = (next: AnalyticsAddress): void => setParams(analyticsParamsOf(next))
  const catalogue = useMetrics()
  const metrics = new Map(catalogue.data?.items.map((metric) => [metric.name as string, metric]))
  const cards = useFigures(figuresQuery(at, TOPICS[at.topic], 'range', false))
  const metric = metrics.get(at.metric)
  const asOf = fullInstant(cards.data?.asOf)
  const error = catalogue.error ?? cards.error
  const retry = (): void => void Promise.all([catalogue.refetch(), cards.refetch()])
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('analytics.title')}</h1>
        <p className="faint">
          {t('analytics.lead')} {t('beijing')}{' '}
          {cards.data !== undefined &&
            (asOf === undefined ? t('analytics.notFollowed') : t('analytics.asOf', { at: asOf }))}
        </p>
      </header>
      <FigureFilters at={at} go={go} metric={metric} />
      {error !== null && <ProblemNotice error={error} retry={retry} />}
      {(catalogue.isPending || cards.isPending) && error === null && <Skeleton />}
      {cards.data !== undefined && catalogue.data !== undefined && (
        <FigureCards
          figures={cards.data}
          metrics={metrics}
          chosen={at.metric}
          choose={(chosen) => go({ ...at, metric: chosen, dimension: undefined, cell: undefined })}
        />
      )}
      {metric !== undefined && <OneFigure at={at} go={go} metric={metric} />}
      {metric !== undefined && at.cell !== undefined && (
        <CasesBehind at={at} cell={at.cell} metric={metric} close={() => go({ ...at, cell: undefined })} />
      )}
    </div>
  )
}

interface Props {
  at: AnalyticsAddress
  go: (next: AnalyticsAddress) => void
  metric: MetricDefinition
}

function OneFigure({ at, go, metric }: Props) {
  const { t, say } = useWords()
  const words = useFigureWords()
  const mayExport = useMay('exports.run')
  const divided = at.dimension !== undefined
  const query = figuresQuery(at, [at.metric], divided ? 'range' : at.grain, divided)
  const { data, error, refetch, isPending } = useFigures(query)
  const figure = data?.figures[0]
  const name = t('analytics.chart', { name: say(metric.label), grain: t(`analytics.${at.grain}`) })
  return (
    <Panel
      title={say(metric.label)}
      side={
        <>
          <Definition metric={metric} /> {mayExport && <ExportLinks query={query} />}
        </>
      }
    >
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={6} />}
      {figure !== undefined && error === null && (
        <>
          {!divided && (
            <LineChart
              name={name}
              format={(value) => words.figure(value, metric.unit)}
              points={figure.rows.map(({ period, value, before }) => ({
                period,
                value,
                before: before?.value ?? null,
              }))}
            />
          )}
          {figure.rows.length === 0 ? (
            <EmptyState title={t('analytics.empty')} hint={t('analytics.emptyHint')} />
          ) : (
            <FigureTable
              at={at}
              figure={figure}
              metric={metric}
              members={data?.members ?? []}
              open={(cell) => go({ ...at, cell })}
            />
          )}
        </>
      )}
    </Panel>
  )
}

/** What is seen, as a file. */
function ExportLinks({ query }: { query: ReturnType<typeof figuresQuery> }) {
  const { t, language } = useWords()
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one))
  const address = `/api/analytics/export?${params.toString()}`
  return (
    <>
      <a className="link" href={`${address}&reader=spreadsheet&language=${language}`} download>
        {t('analytics.export')}
      </a>{' '}
      <a className="link" href={`${address}&format=parquet`} download>
        {t('analytics.exportParquet')}
      </a>
    </>
  )
}

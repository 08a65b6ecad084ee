import type { Figures, MetricDefinition } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { Definition } from './definition'
import { useFigureWords } from './figure-words'

interface Props {
  figures: Figures
  metrics: ReadonlyMap<string, MetricDefinition>
  chosen: string
  choose: (metric: string) => void
}

/** Each figure over the whole range, beside as many days before; a click shows it in the chart. */
export function FigureCards({ figures, metrics, chosen, choose }: Props) {
  const { t, say } = useWords()
  const words = useFigureWords()
  return (
    <div className="cards">
      {figures.figures.map(({ metric, unit, rows }) => {
        const [row] = rows
        const definition = metrics.get(metric)
        if (row === undefined || definition === undefined) return null
        const { value, reason, before, unknown } = row
        return (
          <div key={metric} className={metric === chosen ? 'card card-on' : 'card'}>
            <span className="card-head">
              <button type="button" className="plain" aria-pressed={metric === chosen} onClick={() => choose(metric)}>
                {say(definition.label)}
              </button>
              <Definition metric={definition} />
            </span>
            <span className={value === null ? 'card-value faint' : 'card-value number'}>
              {value === null ? t(`analytics.reason.${reason ?? 'not-yet'}`) : words.figure(value, unit)}
            </span>
            <span className="second">
              {before !== null && before.value !== null
                ? t('analytics.before', { value: words.figure(before.value, unit) })
                : t('analytics.before', { value: '—' })}
              {(unknown ?? 0) > 0 && ` · ${t('analytics.unknown', { n: unknown })}`}
            </span>
          </div>
        )
      })}
    </div>
  )
}

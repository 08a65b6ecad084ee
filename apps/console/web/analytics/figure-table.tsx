import type { Figure, FigureMember, MetricDefinition } from '../api/schema'
import { useWords } from '../i18n/use-words'
import type { AnalyticsAddress, Cell } from './analytics-address'
import { addDays, periodEnd } from './analytics-address'
import { useFigureWords } from './figure-words'

interface Props {
  at: AnalyticsAddress
  figure: Figure
  metric: MetricDefinition
  members: readonly FigureMember[]
  open: (cell: Cell) => void
}

/** The same figures as the chart, each sum with the way to its cases. Divided: one row a value, largest first. */
export function FigureTable({ at, figure, metric, members, open }: Props) {
  const { t, say } = useWords()
  const words = useFigureWords()
  const { dimension } = at
  const named = new Map(members.map((member) => [member.value, member]))
  const rows =
    dimension === undefined
      ? figure.rows
      : [...figure.rows].sort((a, b) => (b.denominator ?? b.numerator ?? 0) - (a.denominator ?? a.numerator ?? 0))
  const hasDenominator = metric.parts.includes('denominator')
  const nameOf = (row: Figure['rows'][number]): string =>
    dimension === undefined
      ? row.period
      : words.member(dimension, named.get(row.member) ?? { value: row.member, name: null })
  const cellOf = (row: Figure['rows'][number], part: Cell['part']): Cell => {
    if (dimension !== undefined) return { part, from: at.from, to: addDays(at.until, 1), member: row.member }
    // The range may begin or end within a week or a month.
    const [from, to] = [row.period < at.from ? at.from : row.period, periodEnd(row.period, at.grain)]
    return { part, from, to: to > addDays(at.until, 1) ? addDays(at.until, 1) : to, member: undefined }
  }
  const sumUnit = metric.unit === 'fen' ? 'fen' : 'count'
  const sum = (row: Figure['rows'][number], part: 'numerator' | 'denominator' | 'unknown') => {
    const value = row[part]
    if (value === null) return <span className="faint">—</span>
    const text = words.figure(value, part === 'numerator' ? sumUnit : 'count')
    if (value === 0) return <span className="faint">{text}</span>
    return (
      <button
        type="button"
        className="plain link number"
        aria-label={`${text}: ${t('analytics.casesOf', { what: `${say(metric.label)}, ${nameOf(row)}` })}`}
        onClick={() => open(cellOf(row, part))}
      >
        {text}
      </button>
    )
  }
  return (
    <div className="scroll-x">
      <table className="ledger" aria-label={say(metric.label)}>
        <thead>
          <tr>
            <th>{dimension === undefined ? t('analytics.period') : t('analytics.member')}</th>
            <th className="end">{t('analytics.value')}</th>
            <th className="end">{t('analytics.numerator')}</th>
            {hasDenominator && <th className="end">{t('analytics.denominator')}</th>}
            {metric.parts.includes('unknown') && <th className="end">{t('unknown')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.period} ${row.member}`}>
              <td>{nameOf(row)}</td>
              <td className="end number">
                {row.value === null ? (
                  <span className="faint">{t(`analytics.reason.${row.reason ?? 'not-yet'}`)}</span>
                ) : (
                  words.figure(row.value, metric.unit)
                )}
              </td>
              <td className="end">{sum(row, 'numerator')}</td>
              {hasDenominator && <td className="end">{sum(row, 'denominator')}</td>}
              {metric.parts.includes('unknown') && <td className="end">{sum(row, 'unknown')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {figure.membersOmitted > 0 && <p className="faint">{t('analytics.omitted', { n: figure.membersOmitted })}</p>}
    </div>
  )
}

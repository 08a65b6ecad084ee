import { useWords } from '../i18n/use-words'
import { useSize } from '../components/use-size'
import { highestOf, pathOf } from './chart-points'

export interface ChartPoint {
  readonly period: string
  readonly value: number | null
  readonly before: number | null
}

const HEIGHT = 220
const MARGIN = { left: 64, right: 12, top: 12, bottom: 24 }

/** A line by period, the time before dashed. Decoration: the table below has the same figures for everyone. */
export function LineChart({
  points,
  format,
  name,
}: {
  points: readonly ChartPoint[]
  format: (value: number) => string
  name: string
}) {
  const { t } = useWords()
  const { box, size } = useSize()
  const { width } = size
  const highest = highestOf(points.flatMap(({ value, before }) => [value, before]))
  const frame = {
    ...{ left: MARGIN.left, right: Math.max(width - MARGIN.right, MARGIN.left + 1) },
    ...{ top: MARGIN.top, bottom: HEIGHT - MARGIN.bottom },
  }
  const xOf = (nth: number): number =>
    points.length < 2
      ? (frame.left + frame.right) / 2
      : frame.left + (nth / (points.length - 1)) * (frame.right - frame.left)
  const yOf = (value: number): number => frame.bottom - (value / highest) * (frame.bottom - frame.top)
  const marked = [...new Set([0, Math.floor((points.length - 1) / 2), points.length - 1])]
  return (
    <figure className="chart">
      <div ref={box} />
      <svg width={width} height={HEIGHT} role="img" aria-label={name}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              className="chart-grid"
              x1={frame.left}
              x2={frame.right}
              y1={yOf(highest * share)}
              y2={yOf(highest * share)}
            />
            <text className="chart-text" x={frame.left - 8} y={yOf(highest * share) + 4} textAnchor="end">
              {format(highest * share)}
            </text>
          </g>
        ))}
        {marked.map((nth) => (
          <text
            key={nth}
            className="chart-text"
            x={xOf(nth)}
            y={HEIGHT - 6}
            textAnchor={nth === 0 ? 'start' : nth === points.length - 1 ? 'end' : 'middle'}
          >
            {points[nth]?.period.slice(5)}
          </text>
        ))}
        <path
          className="chart-before"
          d={pathOf(
            points.map(({ before }) => before),
            xOf,
            yOf,
          )}
        />
        <path
          className="chart-line"
          d={pathOf(
            points.map(({ value }) => value),
            xOf,
            yOf,
          )}
        />
        {points.map(({ period, value }, nth) =>
          value === null ? null : (
            <circle key={period} className="chart-point" cx={xOf(nth)} cy={yOf(value)} r={points.length > 62 ? 1 : 3}>
              <title>{`${period}: ${format(value)}`}</title>
            </circle>
          ),
        )}
      </svg>
      <figcaption className="faint">{t('analytics.chartHint')}</figcaption>
    </figure>
  )
}

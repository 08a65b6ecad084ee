/** One line of the table: a value beside what it was measured against in the same run. */
export interface Figure {
  readonly figure: string
  readonly value: number
  readonly unit: string
  /** What it is compared with; the compared value, in the same unit, is `peer`. */
  readonly against: string
  readonly peer: number
  /** Larger is better: for a rate ours / theirs, for a duration theirs (or the limit) / ours. */
  readonly ratio: number
  readonly atLeast: number
  /** Spread of the rounds, sizes, and what else a reader needs to judge the figure. */
  readonly remarks: readonly string[]
}

export const isReached = ({ ratio, atLeast }: Figure): boolean => ratio >= atLeast

const formatNumber = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))

const HEAD = ['figure', 'value', 'against', 'its value', 'ratio', 'at least', 'holds']

/** The figures as an aligned table, each followed by its remarks. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map((f) => [
    f.figure,
    `${formatNumber(f.value)} ${f.unit}`,
    f.against,
    `${formatNumber(f.peer)} ${f.unit}`,
    f.ratio.toFixed(2),
    String(Number(f.atLeast.toFixed(2))),
    isReached(f) ? 'yes' : 'NO',
  ])
  const widths = HEAD.map((head, i) => Math.max(head.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [
    line(HEAD),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.flatMap((row, i) => [line(row), ...(figures[i]?.remarks ?? []).map((remark) => `    ${remark}`)]),
  ].join('\n')
}

/** The last line of a run, for machines. */
export const figuresToJson = (figures: readonly Figure[]): string =>
  JSON.stringify(
    figures.map((f) => ({
      figure: f.figure,
      value: roundToFourDigits(f.value),
      unit: f.unit,
      against: f.against,
      ratio: roundToFourDigits(f.ratio),
      atLeast: f.atLeast,
      holds: isReached(f),
    })),
  )

const roundToFourDigits = (value: number): number => Number(value.toPrecision(4))

import type { ReplayReport } from '#case-handling'

/** More would scroll the summary away. */
const SHOWN_DIFFERENCES = 200
/** Characters of a hash: enough to compare by eye. */
const SHOWN_HASH_LENGTH = 16

/** The report as text: one line for each projection, then the differences. */
export function replayReportText(
  { messages, cases, checksums, differing, differences }: ReplayReport,
  seconds: number,
  diff: boolean,
): string {
  const rows = checksums.map((l) => [
    l.projection,
    String(l.rows),
    l.recorded.slice(0, SHOWN_HASH_LENGTH),
    l.replayed.slice(0, SHOWN_HASH_LENGTH),
    l.equal ? 'equal' : 'DIFFERENT',
  ])
  const lines = [
    `${messages} messages, ${cases} cases, ${seconds.toFixed(1)} s: ${Math.round(messages / Math.max(seconds, 0.001))} messages/s`,
    '',
    ...alignColumns([['projection', 'rows', 'recorded', 'replayed', ''], ...rows]),
  ]
  if (differing.length === 0) return [...lines, '', 'everything is what it was, byte for byte'].join('\n')
  lines.push('', `${differing.length} differ${diff ? '' : ': --diff shows where'}`)
  if (!diff) return lines.join('\n')
  const fields = differences
    .slice(0, SHOWN_DIFFERENCES)
    .map((d) => [d.of, d.projection, d.at, `${d.recorded} → ${d.replayed}`])
  lines.push('', ...alignColumns(fields))
  if (differences.length > SHOWN_DIFFERENCES) lines.push(`… and ${differences.length - SHOWN_DIFFERENCES} more`)
  return lines.join('\n')
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

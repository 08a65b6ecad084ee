import type { RuleRow } from './rule-table'
import { isOpen } from './rule-table'

export const WIDTH = 160
const GAP = '  '
/** Chinese and full-width signs take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g

export const columnsOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0)

/** The table as people read it: one rule after the other, what proves it wrapped beside its title. */
export function tableOf(rows: readonly RuleRow[]): string {
  const titleWidth = Math.max(...rows.map(({ title }) => columnsOf(title)))
  /** Columns before the proof. */
  const indent = 'R000'.length + GAP.length + titleWidth + GAP.length
  const lines = [
    `${'rule'.padEnd(4)}${GAP}${'what it is about'.padEnd(titleWidth)}${GAP}what proves it`,
    '-'.repeat(WIDTH),
  ]
  for (const row of rows) {
    const proof = wrapped(proofOf(row), WIDTH - indent)
    lines.push(`${row.id}${GAP}${padded(row.title, titleWidth)}${GAP}${proof[0] ?? ''}`.trimEnd())
    for (const more of proof.slice(1)) lines.push(`${' '.repeat(indent)}${more}`)
  }
  return [...lines, '', ...summaryOf(rows)].join('\n')
}

function proofOf(row: RuleRow): string[] {
  if (isOpen(row)) return ['NOTHING']
  const pieces = row.tests.map(({ path, lines }) => `${path}:${lines.join(',')}`)
  if (row.template !== undefined) pieces.push(`text template: ${row.template}`)
  // A rule that is tested is inside, even if a reason for being outside was written for it.
  if (row.outside !== undefined && row.tests.length === 0) pieces.push(`outside the gateway, because ${row.outside}`)
  return pieces
}

/** Pieces begin on a line of their own; what is too long for one is broken between words. */
function wrapped(pieces: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const piece of pieces) {
    let line = ''
    for (const word of piece.split(/(?<=[ ,、，。；/])/)) {
      if (columnsOf(line + word.trimEnd()) <= width) line += word
      else {
        if (line !== '') lines.push(line.trimEnd())
        line = line === '' ? word : `  ${word}`
      }
    }
    lines.push(line.trimEnd())
  }
  return lines
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columnsOf(text)))

function summaryOf(rows: readonly RuleRow[]): string[] {
  const open = rows.filter(isOpen)
  const tested = rows.filter(({ tests }) => tests.length > 0).length
  const texts = rows.filter(({ tests, template }) => tests.length === 0 && template !== undefined).length
  const outside = rows.length - tested - texts - open.length
  const counts = `${rows.length} rules: ${tested} proven by tests, ${texts} text templates, ${outside} outside the gateway, ${open.length} open`
  return open.length === 0 ? [counts] : [counts, ...wrapped([`open: ${open.map(({ id }) => id).join(', ')}`], WIDTH)]
}

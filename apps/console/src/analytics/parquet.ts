import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { MetricAnswer, MetricRequest } from '#analytics'
import { metricNamed } from '#analytics'
import type { FigureExportRequest } from './analytics.request'
import type { AskedFigures } from './figures'

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]
type Question = Pick<FigureExportRequest, 'from' | 'to' | 'grain' | 'dimension' | 'timeZone' | 'filter'>

/** Rows that are encoded and sent at a time: neither memory nor the time without a pause grows with the file. */
const ROWS_A_GROUP = 5_000
const DAY_MS = 86_400_000

/** One line of the file, before it is divided into columns. */
type Line = MetricAnswer['rows'][number] & { readonly asked: MetricRequest; readonly unit: MetricAnswer['unit'] }

/** The same columns as the CSV for programs. */
const COLUMNS: readonly (readonly [element: Element, valueOf: (line: Line, asked: AskedFigures) => unknown])[] = [
  [text('metric', 'REQUIRED'), ({ asked }) => asked.metric],
  [{ name: 'version', type: 'INT32', repetition_type: 'REQUIRED' }, ({ asked }) => metricNamed(asked.metric).version],
  [text('unit', 'REQUIRED'), ({ unit }) => unit],
  [
    { name: 'period', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
    ({ period }) => Date.parse(period) / DAY_MS,
  ],
  [text('dimension', 'OPTIONAL'), ({ asked }) => asked.dimension],
  [text('member', 'OPTIONAL'), ({ asked, member }) => (asked.dimension === undefined ? undefined : member)],
  [whole('numerator'), ({ numerator }) => wholeOf(numerator)],
  [whole('denominator'), ({ denominator }) => wholeOf(denominator)],
  [whole('unknown'), ({ unknown }) => wholeOf(unknown)],
  [{ name: 'value', type: 'DOUBLE', repetition_type: 'OPTIONAL' }, ({ value }) => value],
  [text('reason', 'OPTIONAL'), ({ reason }) => reason],
  [{ name: 'before_value', type: 'DOUBLE', repetition_type: 'OPTIONAL' }, ({ before }) => before?.value],
  [text('position', 'REQUIRED'), (_, { position }) => position],
  [
    { name: 'as_of', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
    (_, { asOf }) => wholeOf(asOf),
  ],
]

const SCHEMA: Element[] = [{ name: 'figures', num_children: COLUMNS.length }, ...COLUMNS.map(([element]) => element)]

function text(name: string, repetition_type: 'REQUIRED' | 'OPTIONAL'): Element {
  return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type }
}

function whole(name: string): Element {
  return { name, type: 'INT64', repetition_type: 'OPTIONAL' }
}

const wholeOf = (value: number | null | undefined): bigint | null =>
  value === null || value === undefined ? null : BigInt(value)

/** The file piece by piece, a group of rows each; then what it is of: the question and the position of the log. */
export function* parquetPieces(asked: AskedFigures, question: Question): Generator<Uint8Array> {
  const bytes = new ByteWriter()
  const file = new ParquetWriter({
    writer: bytes,
    schema: SCHEMA,
    createdBy: 'shouhou',
    kvMetadata: Object.entries(metadataOf(asked, question)).map(([key, value]) => ({ key: `shouhou.${key}`, value })),
  })
  for (const group of groupsOf(linesOf(asked))) {
    void file.write({
      columnData: COLUMNS.map(([{ name }, valueOf]) => ({
        name,
        data: group.map((line) => valueOf(line, asked) ?? null),
      })),
      rowGroupSize: ROWS_A_GROUP,
    })
    yield takeBytes(bytes)
  }
  void file.finish()
  yield takeBytes(bytes)
}

const metadataOf = ({ asOf, position }: AskedFigures, question: Question): Readonly<Record<string, string>> => ({
  position,
  ...(asOf === null ? {} : { as_of: new Date(asOf).toISOString() }),
  from: question.from,
  to: question.to,
  grain: question.grain,
  time_zone: question.timeZone,
  dimension: question.dimension ?? 'none',
  filters: JSON.stringify(question.filter ?? []),
})

function* linesOf({ figures }: AskedFigures): Generator<Line> {
  for (const [asked, { unit, rows }] of figures) for (const row of rows) yield { ...row, asked, unit }
}

function* groupsOf(lines: Iterable<Line>): Generator<readonly Line[]> {
  let group: Line[] = []
  for (const line of lines) {
    group.push(line)
    if (group.length < ROWS_A_GROUP) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

/** The writer goes on at the beginning of its buffer; positions in the file go on by themselves. */
function takeBytes(bytes: ByteWriter): Uint8Array {
  const taken = bytes.getBytes().slice()
  bytes.index = 0
  return taken
}

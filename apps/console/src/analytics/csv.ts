import { CHINA_ZONE_MINUTES, formatLocalTime } from '#after-sale'
import type { CatalogueName, MetricValue, Unit } from '#analytics'
import { DIMENSIONS, metricNamed } from '#analytics'
import type { FigureExportRequest } from './analytics.request'
import type { AskedFigures } from './figures'

const BYTE_ORDER_MARK = '\uFEFF'
/** What a spreadsheet takes for a formula, as does what follows a tab or a line break. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/** What a spreadsheet changes: long numbers lose their last digits, leading zeros are dropped, `12E5` and `3-5` become a number and a day. */
const LONG_NUMBER = /^(?:\d{12,}|0\d+|\d+(?:\.\d+)?E\d+|\d{1,2}[-/]\d{1,4})$/i

type Language = FigureExportRequest['language']
const HEADINGS = {
  metric: { zh: '指标', en: 'Metric' },
  version: { zh: '口径版本', en: 'Version' },
  unit: { zh: '单位', en: 'Unit' },
  period: { zh: '周期首日', en: 'First day' },
  dimension: { zh: '维度', en: 'Dimension' },
  member: { zh: '取值', en: 'Value of the dimension' },
  numerator: { zh: '分子', en: 'Numerator' },
  denominator: { zh: '分母', en: 'Denominator' },
  unknown: { zh: '未知', en: 'Unknown' },
  value: { zh: '数值', en: 'Value' },
  reason: { zh: '无数值的原因', en: 'Why there is none' },
  before_value: { zh: '上期数值', en: 'Value before' },
  position: { zh: '日志位置', en: 'Position of the log' },
  as_of: { zh: '数据截至', en: 'As of' },
} as const
const COLUMNS = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]
const UNITS: Readonly<Record<Unit, Readonly<Record<Language, string>>>> = {
  count: { zh: '数量', en: 'count' },
  fen: { zh: '元', en: 'yuan' },
  share: { zh: '比例', en: 'share' },
  ms: { zh: '小时', en: 'hours' },
}

/** A cell of RFC 4180; the guard makes formulas and long numbers text. It is for spreadsheets only, since programs would read it as part of the value. */
export function csvCell(text: string, guarded: boolean): string {
  const before = !guarded ? '' : FORMULA.test(text) ? "'" : LONG_NUMBER.test(text) ? '\t' : ''
  const safe = before + text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

type Row = readonly (readonly [text: string | number | null, isText: boolean])[]

/** Line by line, so that a large file is not held as one text. */
export function* csvLines(
  { asOf, position, figures }: AskedFigures,
  { reader, language, dimension }: Pick<FigureExportRequest, 'reader' | 'language' | 'dimension'>,
  storeName: (store: number) => string,
): Generator<string> {
  const guarded = reader === 'spreadsheet'
  const line = (row: Row): string =>
    `${row.map(([cell, isText]) => (cell === null ? '' : csvCell(String(cell), guarded && isText))).join(',')}\r\n`
  const heading = line(COLUMNS.map((name) => [guarded ? HEADINGS[name][language] : name, true]))
  yield guarded ? BYTE_ORDER_MARK + heading : heading
  const until =
    asOf === null ? null : guarded ? formatLocalTime(asOf, CHINA_ZONE_MINUTES) : new Date(asOf).toISOString()
  for (const [{ metric }, { unit, rows }] of figures) {
    const first = namesOf(metric, unit, dimension, guarded ? language : undefined)
    for (const { period, member, before, ...value } of rows) {
      const shownMember = guarded && dimension === 'store' ? storeName(Number(member)) : member
      yield line([
        ...first.slice(0, 3),
        [period, true],
        ...first.slice(3),
        [dimension === undefined ? null : shownMember, true],
        ...numbersOf(value, unit, guarded),
        [value.reason ?? null, true],
        [valueIn(before?.value ?? null, unit, guarded), false],
        [position, true],
        [until, true],
      ])
    }
  }
}

function namesOf(
  metric: CatalogueName,
  unit: Unit,
  dimension: string | undefined,
  language: Language | undefined,
): Row {
  const { version, label } = metricNamed(metric)
  const named = dimension === undefined || language === undefined ? dimension : DIMENSIONS[dimension]?.[language]
  return [
    [language === undefined ? metric : label[language], true],
    [version, false],
    [language === undefined ? unit : UNITS[unit][language], true],
    [named ?? null, true],
  ]
}

/** Money and durations in the units of people; sums behind a share are counts or money, and stay as they are. */
function numbersOf({ numerator, denominator, unknown, value }: MetricValue, unit: Unit, forPeople: boolean): Row {
  const sum = unit === 'fen' ? valueIn(numerator, unit, forPeople) : numerator
  return [
    [sum, false],
    [denominator ?? null, false],
    [unknown ?? null, false],
    [valueIn(value, unit, forPeople), false],
  ]
}

function valueIn(value: number | null, unit: Unit, forPeople: boolean): string | number | null {
  if (value === null || !forPeople) return value
  if (unit === 'fen') return (value / 100).toFixed(2)
  return unit === 'ms' ? (value / 3_600_000).toFixed(3) : value
}

import type { Term } from '#after-sale'

/** Of a column in PostgreSQL. Instants are `bigint` milliseconds UTC, money is `bigint` fen, days are of Asia/Shanghai. */
export type ColumnType = 'uuid' | 'int' | 'smallint' | 'bigint' | 'boolean' | 'text' | 'text[]' | 'date'

/** How analysts read it: an instant as a timestamp, fen also as yuan. `inner`: not shown. */
export type ColumnReading = 'as-is' | 'instant' | 'money' | 'inner'

/** One column of a fact table, and what it means. The meaning becomes the comment of the column that analysts see. */
export interface FactColumn extends Term {
  readonly type: ColumnType
  readonly reading: ColumnReading
}

export type FactValue = string | number | boolean | readonly string[] | null
export type FactRow = Readonly<Record<string, FactValue>>

const column =
  (type: ColumnType, reading: ColumnReading = 'as-is') =>
  (zh: string, en: string): FactColumn => ({ zh, en, type, reading })

export const text = column('text')
export const texts = column('text[]')
export const flag = column('boolean')
export const day = column('date')
export const whole = column('int')
export const instant = column('bigint', 'instant')
export const fen = column('bigint', 'money')
export const duration = column('bigint')
export const bucket = column('smallint', 'inner')
export const caseId = column('uuid')
export const organisation = column('int', 'inner')

/** Columns that every fact table begins with. */
export const OF_CASE = {
  case_id: caseId('售后单的内部编号', 'our id of the case'),
  org: organisation('组织', 'organisation'),
  store: whole('店铺编号', 'our number of the store'),
  marketplace: text('平台', 'marketplace'),
  kind: text('售后类型；unknown 表示未知', 'what the buyer asks for; unknown where it was not reported'),
  reason_first: text(
    '首次原因的分类（R172），按公开的原因表；unknown 表示未能归类',
    'class of the first reason (R172), by the published table of reasons; unknown where none matches',
  ),
} as const satisfies Readonly<Record<string, FactColumn>>

import type { ColumnOptions, ValueTransformer } from 'typeorm'
import { Column } from 'typeorm'
import { storableJson } from '#event-store'

/** Replaces what PostgreSQL cannot store in a JSON text (NUL, halves of surrogate pairs) before it is written. */
const replaceUnstorable: ValueTransformer = {
  to: (value: unknown) =>
    value === null || value === undefined ? value : (JSON.parse(storableJson(value)) as unknown),
  from: (value: unknown) => value,
}

/** A `json` column. `json`, not `jsonb`: the order of keys stays as people wrote it. */
export const JsonColumn = (options: Pick<ColumnOptions, 'name' | 'nullable'> = {}): PropertyDecorator =>
  Column({ type: 'json', transformer: replaceUnstorable, ...options })

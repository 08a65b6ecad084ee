import type { ColumnOptions, ValueTransformer } from 'typeorm'
import { Column } from 'typeorm'
import { storableJson } from '#event-store'

/** What PostgreSQL cannot keep in a JSON text (NUL, halves of surrogate pairs) is replaced before it is written. */
const storable: ValueTransformer = {
  to: (value: unknown) =>
    value === null || value === undefined ? value : (JSON.parse(storableJson(value)) as unknown),
  from: (value: unknown) => value,
}

export const JsonColumn = (options: Pick<ColumnOptions, 'name' | 'nullable'> = {}): PropertyDecorator =>
  Column({ type: 'json', transformer: storable, ...options })

import type { ColumnOptions, ValueTransformer } from 'typeorm'
import { Column } from 'typeorm'

/**
 * A `bigint` as a number. Drivers hand one over as text, since it may be beyond what a number holds; ours are milliseconds, fen
 * and counts, and one that is larger must not be rounded silently.
 */
export const bigintAsNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null): number | null => {
    if (value === null) return null
    const number = Number(value)
    if (!Number.isSafeInteger(number)) throw new RangeError('a bigint of the database does not fit a number')
    return number
  },
}

/** The column of an entity that is a `bigint` in the database and an exact number in the code. */
export const BigintColumn = (options: Pick<ColumnOptions, 'name' | 'nullable'> = {}): PropertyDecorator =>
  Column({ type: 'bigint', transformer: bigintAsNumber, ...options })

import { AsyncLocalStorage } from 'node:async_hooks'

const current = new AsyncLocalStorage<string>()

/**
 * Does the work for these organisations: every statement that is sent from it, through whatever `DataSource`, sees and writes
 * their rows only. Row-level security shows a process nothing outside of it. The innermost call counts, also in the middle
 * of a transaction, so a batch of many organisations can be narrowed to those that it really has.
 */
export const withTenants = <T>(organisations: Iterable<number>, work: () => T): T =>
  current.run(literalOf(organisations), work)

/** The organisations of the running work, as PostgreSQL writes an array; `undefined`: none was named. */
export const currentTenants = (): string | undefined => current.getStore()

/** Becomes part of a statement's text, so nothing but whole numbers may be in it. */
function literalOf(organisations: Iterable<number>): string {
  const ids = [...new Set(organisations)].sort((a, b) => a - b)
  if (!ids.every((id) => Number.isSafeInteger(id))) throw new RangeError('an organisation is a whole number')
  return `{${ids.join(',')}}`
}

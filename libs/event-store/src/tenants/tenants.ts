import { AsyncLocalStorage } from 'node:async_hooks'

const tenantsOfWork = new AsyncLocalStorage<string>()

/**
 * Runs the work for these organisations: each of its statements, through any `DataSource`, sees and writes only their rows.
 * Outside of such a call row-level security shows a process no rows. The innermost call counts, also within a transaction, so a
 * batch that was claimed for many organisations can be narrowed to those that it contains.
 */
export const withTenants = <T>(organisations: Iterable<number>, work: () => T): T =>
  tenantsOfWork.run(tenantArrayLiteral(organisations), work)

/** The organisations of the running work, as PostgreSQL writes an array; `undefined`: none was named. */
export const currentTenants = (): string | undefined => tenantsOfWork.getStore()

/** The same as numbers; none: nothing was named. */
export const namedOrganisations = (): readonly number[] =>
  (currentTenants() ?? '{}')
    .slice(1, -1)
    .split(',')
    .flatMap((id) => (id === '' ? [] : [Number(id)]))

/** It becomes part of a statement's text, so only whole numbers are accepted. */
function tenantArrayLiteral(organisations: Iterable<number>): string {
  const ids = [...new Set(organisations)].sort((a, b) => a - b)
  if (!ids.every((id) => Number.isSafeInteger(id))) throw new RangeError('an organisation is a whole number')
  return `{${ids.join(',')}}`
}

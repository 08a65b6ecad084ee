/** What the server answers to every statement behind one that failed. */
const BEHIND_A_FAILURE = '25P02'

/**
 * Statements of one transaction that do not need each other's answers: all are sent at once and done in this order, so
 * that the database does not wait for us between them. Resolves when all are done. Rejects, when all have ended, with
 * what went wrong and not with what only came behind it.
 */
export async function pipelined(statements: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const sent = statements.filter((statement) => statement !== undefined)
  const failures = (await Promise.allSettled(sent)).flatMap((end) =>
    end.status === 'rejected' ? [end.reason as unknown] : [],
  )
  if (failures.length > 0)
    throw failures.find((failure) => (failure as { code?: unknown }).code !== BEHIND_A_FAILURE) ?? failures[0]
}

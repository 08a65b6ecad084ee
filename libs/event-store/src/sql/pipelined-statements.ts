/** `in_failed_sql_transaction`: the server's error code for every statement after one that failed. */
const IN_FAILED_TRANSACTION = '25P02'

/**
 * Statements of one transaction that do not need each other's results: all are sent at once and run in this order, so
 * that the database does not wait for us between them. Resolves when all are done. Rejects, when all have ended, with
 * the original error and not with those of the statements after it.
 */
export async function awaitPipelined(statements: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const sent = statements.filter((statement) => statement !== undefined)
  const failures = (await Promise.allSettled(sent)).flatMap((end) =>
    end.status === 'rejected' ? [end.reason as unknown] : [],
  )
  if (failures.length > 0)
    throw failures.find((failure) => (failure as { code?: unknown }).code !== IN_FAILED_TRANSACTION) ?? failures[0]
}

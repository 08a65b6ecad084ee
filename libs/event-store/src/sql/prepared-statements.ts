import type { Socket } from 'node:net'
import pg from 'pg'
import { TransactionTenants } from '../tenants/transaction-tenants'

const statementNames = new Map<string, string>()

/**
 * Marks a statement to be parsed and planned once a connection, instead of every time: for statements that run often.
 * Only for a text that never changes, and whose plan is as good for every size of its tables: inserts of rows that are
 * given, look-ups along one index. A plan that was chosen while a table was empty stays for a minute.
 */
export function prepared(sql: string): string {
  if (!statementNames.has(sql)) statementNames.set(sql, `s${statementNames.size}`)
  return sql
}

/** The pool's connection class. TypeORM cannot name a statement, and `pg` prepares only named ones; so the name is added here. */
export class PreparingClient extends pg.Client {
  /** A statement timed out, so the connection was closed. */
  timedOut = false
  private readonly clientTimeoutMs: number | undefined
  private readonly tenants = new TransactionTenants((work) => this.sendTogether(work))

  constructor(config: pg.ClientConfig & { readonly clientTimeoutMs?: number }) {
    super(config)
    // The pool listens for errors while the connection is idle, and its user while it is in use. Between the two no listener
    // is set, and an `error` event without a listener ends the process: a server that shuts down can cause one right then.
    this.on('error', () => undefined)
    this.clientTimeoutMs = config.clientTimeoutMs
  }

  // `pg` overloads this method in many ways; all arguments are passed on as they are.
  override query(...queryArguments: unknown[]): never {
    const [sql] = queryArguments
    if (typeof sql !== 'string' || typeof queryArguments.at(-1) === 'function')
      return this.sendPrepared(queryArguments) as never
    return this.tenants.send(
      sql,
      () => this.sendPrepared(queryArguments) as Promise<unknown>,
      (text, values) => this.sendPrepared(values === undefined ? [text] : [text, values]) as Promise<unknown>,
    ) as never
  }

  /** The server reads one packet, instead of waking up for each statement. */
  private sendTogether<T>(work: () => T): T {
    const { stream } = this
    stream.cork()
    try {
      return work()
    } finally {
      stream.uncork()
    }
  }

  private get stream(): Socket {
    return (this as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream
  }

  private sendPrepared(queryArguments: readonly unknown[]): unknown {
    const [sql, values] = queryArguments
    const name = typeof sql === 'string' && Array.isArray(values) ? statementNames.get(sql) : undefined
    const [query] = name === undefined ? [sql] : [{ name, text: sql, values: values as unknown[] }]
    const answer: unknown = super.query(
      ...([query, ...queryArguments.slice(name === undefined ? 1 : 2)] as unknown as Parameters<pg.Client['query']>),
    )
    if (this.clientTimeoutMs !== undefined && answer instanceof Promise)
      this.closeAfterTimeout(answer, this.clientTimeoutMs)
    return answer
  }

  /**
   * Closes the connection, and fails all statements on it, where the answer takes longer than `ms`. The `query_timeout` of `pg`
   * fails the statement first and the connection a moment later, and in between the pool would lend it to the next caller.
   */
  private closeAfterTimeout(answer: Promise<unknown>, ms: number): void {
    const timer = setTimeout(() => {
      this.timedOut = true
      this.stream.destroy()
    }, ms)
    const stopTimer = (): void => clearTimeout(timer)
    answer.then(stopTimer, stopTimer)
  }
}

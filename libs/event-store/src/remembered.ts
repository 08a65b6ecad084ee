import pg from 'pg'

const names = new Map<string, string>()

/**
 * Marks a statement to be parsed and planned once a connection, instead of every time: for what is asked again and
 * again. Only for a text that never changes, and whose plan is as good for every size of its tables: inserts of rows
 * that are given, look-ups along one index. A plan that was chosen while a table was empty stays for a minute.
 */
export function remembered(sql: string): string {
  if (!names.has(sql)) names.set(sql, `s${names.size}`)
  return sql
}

/** The pool's connections: TypeORM knows no names of statements, so they are given here. */
export class RememberingClient extends pg.Client {
  // The driver's own signature has too many shapes to be repeated; all are handed on.
  override query(...told: unknown[]): never {
    const [sql, values] = told
    const name = typeof sql === 'string' && Array.isArray(values) ? names.get(sql) : undefined
    const [query] = name === undefined ? [sql] : [{ name, text: sql, values: values as unknown[] }]
    return super.query(...([query, ...told.slice(name === undefined ? 1 : 2)] as unknown as Parameters<pg.Client['query']>)) as never
  }
}

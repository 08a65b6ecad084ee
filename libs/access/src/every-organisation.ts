import type { DataSource } from 'typeorm'
import { withTenants } from '#event-store'

/** How long a new organisation may go unnoticed, ms. */
const MAX_AGE_MS = 1_000

/**
 * Runs work for all organisations: a worker claims from all of them before it knows whose work it is. Their ids are read again
 * every second; the work of an organisation that is not known yet is claimed later.
 */
export class EveryOrganisation {
  private ids: readonly number[] = []
  private readAt = -Infinity
  private reading: Promise<void> | undefined

  constructor(private readonly database: DataSource) {}

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (performance.now() - this.readAt > MAX_AGE_MS) await (this.reading ??= this.read())
    return withTenants(this.ids, work)
  }

  private async read(): Promise<void> {
    try {
      const rows = await this.database.query<{ id: number }[]>('SELECT id FROM organisation')
      this.ids = rows.map(({ id }) => id)
      this.readAt = performance.now()
    } finally {
      this.reading = undefined
    }
  }
}

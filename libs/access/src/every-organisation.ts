import type { DataSource } from 'typeorm'
import { withTenants } from '#event-store'

/** How long an organisation that is new may go unnoticed, ms. */
const MAX_AGE_MS = 1_000

/**
 * Does work for all organisations that there are: what a worker claims from, before it knows whose it is. Their ids are read
 * again every second; what belongs to one that is not known yet is left for the next turn.
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

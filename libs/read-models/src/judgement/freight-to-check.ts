import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, Kind } from '#after-sale'
import {
  DEFAULT_FREIGHT,
  defaultStoreTerms,
  freightBearerOf,
  freightToCheckOf,
  reasonClassOf,
  readStoreTerms,
} from '#after-sale'
import { newestStoreTerms } from '#ledgers'
import { QueuePageHandler, QueuePageQuery } from '../operator-queue/queue-page'
import type { QueueItem } from '../operator-queue/queue-item'

/** Some of the cases to check, nearest deadline first; fewer than twice the limit. `looked`: how many cases were examined. */
export interface FreightChecks {
  readonly items: readonly QueueItem[]
  readonly looked: number
  /** The cursor to continue from; null: all cases were examined. */
  readonly next: string | null
}

/**
 * R122, R123: cases where a person must check whether to refund freight in addition to the goods. Who bears the freight
 * depends on the store's table of reasons, which may change at any time, so the query computes it instead of reading a
 * stored answer. Rejects with `BadCursor`.
 */
export class FreightToCheckQuery extends Query<FreightChecks> {
  constructor(
    readonly org: number,
    readonly stores: readonly number[],
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super()
  }
}

const KINDS_WITH_RETURN: readonly Kind[] = ['return-and-refund', 'exchange', 'repair']
/** The most cases that one answer examines; the caller continues from `next`. */
const MAX_EXAMINED = 1_000

@QueryHandler(FreightToCheckQuery)
export class FreightToCheckHandler implements IQueryHandler<FreightToCheckQuery> {
  private readonly pages: QueuePageHandler

  constructor(@Inject(DataSource) private readonly database: DataSource) {
    this.pages = new QueuePageHandler(database)
  }

  async execute({ org, stores, limit, cursor }: FreightToCheckQuery): Promise<FreightChecks> {
    const findCasesToCheck = await this.loadCheck()
    const items: QueueItem[] = []
    let examined = 0
    let next: string | null | undefined = cursor
    do {
      const filter = { org, stores, turns: ['us' as const], kinds: KINDS_WITH_RETURN }
      const page = await this.pages.execute(new QueuePageQuery(filter, 'deadline', limit, next))
      const loadCheck = await findCasesToCheck(page.items.map(({ caseId }) => caseId))
      items.push(...page.items.filter(({ caseId }) => loadCheck.has(caseId)))
      examined += page.items.length
      next = page.next
    } while (next !== null && items.length < limit && examined < MAX_EXAMINED)
    return { items, looked: examined, next }
  }

  private async loadCheck(): Promise<(cases: readonly string[]) => Promise<ReadonlySet<string>>> {
    const terms = new Map(
      (await newestStoreTerms(this.database)).map(({ store, document }) => [store, readStoreTerms(document)]),
    )
    return async (cases) => {
      const rows = await this.database.query<{ id: string; store: number; state: AfterSaleCase }[]>(
        'SELECT id, store, state FROM stream WHERE id = ANY($1::uuid[])',
        [cases],
      )
      return new Set(
        rows.flatMap(({ id, store, state }) =>
          needsFreightCheck(state, terms.get(store) ?? defaultStoreTerms) ? [id] : [],
        ),
      )
    }
  }
}

function needsFreightCheck(afterSale: AfterSaleCase, terms: typeof defaultStoreTerms): boolean {
  const freightBearer = freightBearerOf(reasonClassOf(afterSale, terms), afterSale.facts?.freeShipping, DEFAULT_FREIGHT)
  return freightToCheckOf(afterSale, freightBearer).wanted === 'true'
}

import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, ArmedStrategy, CaseEvent, PolicyName, StoreTermsDocument, Verdict } from '#after-sale'
import { FOLD_VERSION, checkStrategy, fold, isPolicyName, judge, termsOf } from '#after-sale'
import { armingsInForce, eventsOf, newestStoreTerms, versionsOf } from '#event-store'

/**
 * What the strategies say of one case as it stands now, with the whole trace; nothing follows from asking. With `tried`, one
 * version is put in the line-up as if it were in force. Undefined where the organisation has no such case or version.
 */
export class JudgementQuery extends Query<readonly Verdict[] | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
    readonly now: number,
    readonly tried?: { readonly strategy: number; readonly version: number },
  ) {
    super()
  }
}

interface Row {
  readonly store: number
  readonly fold: number
  readonly state: AfterSaleCase
}

@QueryHandler(JudgementQuery)
export class JudgementHandler implements IQueryHandler<JudgementQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId, now, tried }: JudgementQuery): Promise<readonly Verdict[] | undefined> {
    const [row] = await this.database.query<Row[]>('SELECT store, fold, state FROM stream WHERE id = $1 AND org = $2', [caseId, org])
    const file = row === undefined ? undefined : await this.fileOf(caseId, row)
    if (row === undefined || file === undefined) return undefined
    const [armings, terms] = await Promise.all([armingsInForce(this.database), newestStoreTerms(this.database)])
    const armed = armings.filter(({ store }) => store === row.store).flatMap(strategyOf)
    const candidate = tried === undefined ? undefined : await this.versionOf(org, tried)
    if (tried !== undefined && candidate === undefined) return undefined
    const inForce = candidate === undefined ? armed : [...armed.filter(({ reference }) => reference.id !== candidate.reference.id), candidate]
    const document = terms.find(({ store }) => store === row.store)?.document
    return judge({ file, terms: termsOf((document ?? {}) as StoreTermsDocument), now }, inForce)
  }

  /** A row that an older version of the code folded is folded anew, for this question only. */
  private async fileOf(caseId: string, { fold: version, state }: Row): Promise<AfterSaleCase | undefined> {
    if (version === FOLD_VERSION) return state
    const events = await eventsOf(this.database.manager, caseId)
    return fold(events.map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))
  }

  private async versionOf(org: number, tried: { strategy: number; version: number }): Promise<ArmedStrategy | undefined> {
    const found = (await versionsOf(this.database, org, tried.strategy)).find(({ version }) => version === tried.version)
    return found === undefined ? undefined : strategyOf({ ...found, mode: 'live' })[0]
  }
}

function strategyOf(row: {
  readonly strategy: number
  readonly version: number
  readonly policy: string
  readonly settings: unknown
  readonly mode: 'live' | 'shadow'
}): ArmedStrategy[] {
  const { strategy, version, policy, settings, mode } = row
  if (!isPolicyName(policy) || checkStrategy(policy, settings).length > 0) return []
  return [{ reference: { id: String(strategy), version }, policy: policy satisfies PolicyName, settings, mode }]
}

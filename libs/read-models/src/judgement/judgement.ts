import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, ArmedStrategy, CaseEvent, Verdict } from '#after-sale'
import { FOLD_VERSION, armedStrategyOf, defaultStoreTerms, fold, judge, storeTermsOf } from '#after-sale'
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
    const armed = armings.filter(({ store }) => store === row.store).map((arming) => armedStrategyOf(arming, arming.mode)).filter((one) => one !== undefined)
    const candidate = tried === undefined ? undefined : await this.versionOf(org, tried)
    if (tried !== undefined && candidate === undefined) return undefined
    const inForce = candidate === undefined ? armed : [...armed.filter(({ reference }) => reference.id !== candidate.reference.id), candidate]
    const document = terms.find(({ store }) => store === row.store)?.document
    return judge({ file, terms: storeTermsOf(document) ?? defaultStoreTerms, now }, inForce)
  }

  /** A row that an older version of the code folded is folded anew, for this question only. */
  private async fileOf(caseId: string, { fold: version, state }: Row): Promise<AfterSaleCase | undefined> {
    if (version === FOLD_VERSION) return state
    const events = await eventsOf(this.database.manager, caseId)
    return fold(events.map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))
  }

  private async versionOf(org: number, tried: { strategy: number; version: number }): Promise<ArmedStrategy | undefined> {
    const found = (await versionsOf(this.database, org, tried.strategy)).find(({ version }) => version === tried.version)
    return found === undefined ? undefined : armedStrategyOf(found, 'live')
  }
}

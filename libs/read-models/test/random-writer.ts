import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase, Command, DisputeStage, Facets, Kind, MarketplaceAnswer, Status } from '#after-sale'
import { ACTION_WARNINGS, FOLD_VERSION, KINDS, STATUSES, decide, evolve } from '#after-sale'
import type { Change, Projection, StreamEvent } from '#event-store'
import { loadStreams, writeStreams } from '#event-store'
import { answerOf, requestOf } from '../../../test/support/action-commands'
import { NOON, seededDraw, caseIdFor } from './cases'

const SECOND = 1_000
const STATUS_NAMES = Object.keys(STATUSES) as Status[]
const KIND_NAMES = Object.keys(KINDS) as Kind[]
const DISPUTES: readonly DisputeStage[] = ['none', 'negotiating', 'evidence-wanted', 'ruled-for-buyer', 'appealed']
const ANSWERS: readonly MarketplaceAnswer[] = [
  { type: 'done' },
  { type: 'in-doubt' },
  { type: 'refused', code: '50002' },
]
/** Organisation and store of a case: three stores, of two organisations. */
const ownerOf = (n: number): readonly [number, number] => (n % 3 === 0 ? [2, 3] : [1, n % 3])

const PERSON = { kind: 'person', id: 'lin' } as const

/**
 * Writes random cases as the write path does: locks, decides, and writes rows and projections in one transaction.
 */
export class RandomCaseWriter {
  private readonly drawBelow: (below: number) => number
  private batchCount = 0

  /** @param cases the numbers of the cases that it writes to */
  constructor(
    private readonly database: DataSource,
    private readonly projections: readonly Projection<AfterSaleCase>[],
    private readonly cases: readonly number[],
    private readonly seed: number,
  ) {
    this.drawBelow = seededDraw(seed)
  }

  /** One transaction over a few cases. */
  async writeBatch(): Promise<void> {
    const now = NOON + ++this.batchCount * SECOND
    const numbersById = new Map(
      Array.from({ length: 5 }, () => this.cases[this.drawBelow(this.cases.length)] ?? 0).map((n) => [caseIdFor(n), n]),
    )
    await this.database.transaction(async (manager) => {
      const rows = await loadStreams<AfterSaleCase>(manager, [...numbersById.keys()])
      const before = new Map(rows.map(({ id, state }) => [id, state]))
      const events: StreamEvent[] = []
      const changes = [...numbersById].flatMap(([id, n]) => this.decideChange(id, n, before.get(id), now, events))
      await this.writeChanges(manager, changes, events)
    })
  }

  private decideChange(
    id: string,
    n: number,
    before: AfterSaleCase | undefined,
    at: number,
    events: StreamEvent[],
  ): Change<AfterSaleCase>[] {
    const [org, store] = ownerOf(n)
    const decision = decide(
      before,
      before === undefined ? this.randomReport(n, undefined, at) : this.randomCommand(n, before, at),
    )
    if (decision.type === 'refused') return []
    let after = before
    for (const event of decision.events) {
      after = evolve(after, event)
      const { type, ...body } = event
      const version = after?.version ?? 0
      events.push({ stream: id, version, org, type, body, message_id: null, occurred_at: at, recorded_at: at })
    }
    return after === undefined || after === before ? [] : [{ id, org, store, before, after, at }]
  }

  private async writeChanges(
    manager: EntityManager,
    changes: readonly Change<AfterSaleCase>[],
    events: readonly StreamEvent[],
  ): Promise<void> {
    if (changes.length === 0) return
    const streams = changes.map(({ id, org, store, after }) => {
      const { version } = after
      return { id, org, store, version, fold: FOLD_VERSION, revision: after.lastSeen?.revision ?? 0, state: after }
    })
    await writeStreams(manager, streams, events)
    for (const projection of this.projections) await projection.apply(manager, changes)
  }

  private randomCommand(n: number, afterSale: AfterSaleCase, now: number): Command {
    const intent = afterSale.intents?.at(-1)
    const terms = { judged: afterSale.lastSeen?.revision ?? 0, now }
    switch (this.drawBelow(12)) {
      case 0:
      case 1:
        return requestOf('approve-refund', { ...terms, intent: `${this.seed}-${this.batchCount}-${n}` })
      case 2:
      case 3:
        return requestOf('appeal', {
          ...terms,
          intent: `${this.seed}-${this.batchCount}-${n}`,
          way: 'ASSISTED',
          action: {
            name: 'appeal',
            items: [{ kind: 'liability', text: '说明' }],
            evidence: [{ hash: 'aa', kind: 'image' }],
          },
          confirmed: Object.keys(ACTION_WARNINGS) as (keyof typeof ACTION_WARNINGS)[],
        })
      case 4:
        return answerOf(ANSWERS[this.drawBelow(3)] ?? { type: 'done' }, { intent: intent?.id ?? '', now })
      case 5:
        return { type: 'AttestAction', intent: intent?.id ?? '', by: PERSON, now }
      case 6:
        return { type: 'AttestFacts', facts: this.randomFacts(now), by: PERSON, now }
      case 7:
        return {
          type: 'RecordAppealResult',
          appeal: afterSale.appeals?.at(-1)?.id ?? '',
          kind: 'liability',
          result: this.drawBelow(2) === 0 ? 'won' : 'lost',
          decidedAt: now,
          by: PERSON,
          now,
        }
      default:
        return this.randomReport(n, afterSale, now)
    }
  }

  private randomFacts(now: number): {
    countedAsDispute: boolean
    evidenceAsked: { place: 'work-order'; askedAt: number }[]
  } {
    return {
      countedAsDispute: this.drawBelow(2) === 0,
      evidenceAsked: Array.from({ length: this.drawBelow(3) }, () => ({ place: 'work-order', askedAt: now })),
    }
  }

  /** A random report; one in five is older than the newest revision. */
  private randomReport(n: number, afterSale: AfterSaleCase | undefined, now: number): Command {
    const newest = afterSale?.lastSeen?.revision ?? NOON
    return {
      type: 'RecordObservation',
      identity: {
        organisation: String(ownerOf(n)[0]),
        store: String(ownerOf(n)[1]),
        marketplace: 'mart',
        caseNumber: `C${n}`,
      },
      stamp: { revision: newest + (this.drawBelow(5) === 0 ? -SECOND : SECOND), observedAt: now },
      ...(this.drawBelow(3) === 0 ? { appliedAt: NOON - this.drawBelow(5) * SECOND } : {}),
      facets: this.randomFacets(),
    }
  }

  private randomFacets(): Partial<Facets> {
    const maybe = <T>(facet: T): Partial<T> => (this.drawBelow(3) === 0 ? {} : facet)
    return {
      status: { status: STATUS_NAMES[this.drawBelow(STATUS_NAMES.length)] ?? 'closed', raw: 'S' },
      ...maybe({ kind: { kind: KIND_NAMES[this.drawBelow(KIND_NAMES.length)] ?? 'exchange' } }),
      ...maybe({ amounts: { total: this.drawBelow(500), legs: {} } }),
      ...maybe({ deadline: { due: NOON + this.drawBelow(100) * SECOND, forRaw: 'S' } }),
      ...maybe({ order: { orderNumber: `O${this.drawBelow(9)}`, lines: [] } }),
      ...maybe({ buyer: { sealed: 'sealed', nameHash: `h${this.drawBelow(4)}` } }),
      ...maybe({ dispute: { stage: DISPUTES[this.drawBelow(DISPUTES.length)] ?? 'none' } }),
      ...maybe({
        goods: {
          stage: 'returning',
          parcels: Array.from({ length: this.drawBelow(3) }, () => ({
            direction: 'back',
            tracking: `SF${this.drawBelow(9)}`,
          })),
        },
      }),
    }
  }
}

import { DAY } from '../platform-rules'
import type { Act } from './acts'
import type { CaseRecord, Order } from './case'
import { paidFen } from './order-facts'
import type { Shop } from './shops'
import { isSuspicious } from './variety'
import { noReason, noReason7Days } from './vocabulary'

/** What a Douyin shop has switched on, so that the platform acts by itself. */
export interface Automation {
  /** The assistant agrees to returns at once: all of them, or those for which nobody is at fault (R162, R163). */
  readonly agreesReturn: 'off' | 'all' | 'no-reason'
  /** The assistant refunds what the warehouse reports: on, off (:11002), on without a match (:12001) (R164, E14). */
  readonly warehouse: Shop['assistant']
  /** Spans during which the platform advances refunds after shipping; the last may be open (R155, R157). Epoch ms. */
  readonly advances: readonly { readonly from: number; readonly until?: number }[]
}

export type AutomationChange = Partial<Record<'agreesReturn' | 'warehouse' | 'advancesRefund', unknown>>

const ADVANCE_BELOW_FEN = 300_00
/** The platform takes a moment. */
const MOMENT_MS = 5_000

export class Automations {
  private readonly byShop: Map<string, Automation>

  constructor(shops: readonly Shop[]) {
    this.byShop = new Map(
      shops.map(({ id, assistant }) => [id, { agreesReturn: 'off', warehouse: assistant, advances: [] }]),
    )
  }

  of(shopId: string): Automation | undefined {
    return this.byShop.get(shopId)
  }

  /** Throws RangeError for what makes no sense, and for what the platform does not allow: closing within 24 h (R155). */
  change(shopId: string, wanted: AutomationChange, now: number): Automation {
    const before = this.of(shopId)
    if (before === undefined) throw new RangeError(`no shop ${shopId}`)
    const next: Automation = {
      agreesReturn: oneOf(wanted.agreesReturn, ['off', 'all', 'no-reason'], before.agreesReturn, 'agreesReturn'),
      warehouse: oneOf(wanted.warehouse, ['on', 'off', 'no-match'], before.warehouse, 'warehouse'),
      advances: switched(before.advances, wanted.advancesRefund, now),
    }
    this.byShop.set(shopId, next)
    return next
  }

  /** What the platform does next with a case that has just moved; `undefined`: nothing by itself. */
  nextStep(c: CaseRecord, order: Order | undefined, now: number): { afterMs: number; act: Act } | undefined {
    const shop = this.of(c.shopId)
    if (c.marketplace !== 'douyin' || c.kind !== 'return-and-refund' || shop === undefined) return undefined
    if (c.status === 6 && agrees(shop, c))
      return { afterMs: MOMENT_MS, act: { what: 'agree-return', by: 'system', assistant: true } }
    if (c.status === 11 && order !== undefined && advances(shop, c, order, now))
      return { afterMs: MOMENT_MS, act: { what: 'agree-refund', by: 'system', way: 3, advance: true } }
    return undefined
  }

  snapshot(): readonly (readonly [string, Automation])[] {
    return [...this.byShop]
  }

  restore(kept: readonly (readonly [string, Automation])[]): void {
    for (const [shopId, automation] of kept) this.byShop.set(shopId, automation)
  }
}

const agrees = ({ agreesReturn }: Automation, { reason }: CaseRecord): boolean =>
  agreesReturn === 'all' || (agreesReturn === 'no-reason' && noReason.has(reason))

/**
 * The six conditions (R149–R154): the service, return and refund, the seven-day reason, an approved return with a tracking
 * number, a buyer whose risk is accepted, and less than 300 yuan paid.
 */
function advances({ advances: spans }: Automation, c: CaseRecord, order: Order, now: number): boolean {
  // Orders that were paid before closing keep the service (R158).
  const served = spans.some(({ from, until }) => from <= now && (until === undefined || order.paidMs < until))
  const approved =
    c.autoAudit?.includes(7) === true || c.log.some(({ by, text }) => by === 'merchant' && text === '同意退货')
  const believed = c.returnParcel !== null && !isSuspicious(c)
  return served && c.reason === noReason7Days && approved && believed && paidFen(order) < ADVANCE_BELOW_FEN
}

function switched(spans: Automation['advances'], wanted: unknown, now: number): Automation['advances'] {
  const last = spans.at(-1)
  const open = last !== undefined && last.until === undefined
  if (wanted === undefined || wanted === open) return spans
  if (typeof wanted !== 'boolean') throw new RangeError('advancesRefund must be true or false')
  if (!open) return [...spans, { from: now }]
  if (now < last.from + DAY) throw new RangeError('the service cannot be closed within 24 hours of its opening (R155)')
  return [...spans.slice(0, -1), { from: last.from, until: now }]
}

function oneOf<T extends string>(value: unknown, words: readonly T[], otherwise: T, name: string): T {
  if (value === undefined) return otherwise
  if (!words.includes(value as T)) throw new RangeError(`${name} must be one of ${words.join(', ')}`)
  return value as T
}

import { DAY } from './platform-rules'
import type { Shop } from './shops'

/** What a shop has switched on, so that the platform acts by itself; what that does is in its trade's `automaticStep`. */
export interface Automation {
  /** The assistant agrees to returns at once: all of them, or those for which no one is at fault (R162, R163). */
  readonly agreesReturn: 'off' | 'all' | 'no-reason'
  /** The assistant refunds what the warehouse reports: on, off, on without a match (R164). */
  readonly warehouse: Shop['assistant']
  /** Spans during which the platform advances refunds after shipping; the last may be open (R155, R157). Epoch ms. */
  readonly advances: readonly { readonly from: number; readonly until?: number }[]
}

/** A request to change the automation, not yet checked. */
export type AutomationChange = Partial<Record<'agreesReturn' | 'warehouse' | 'advancesRefund', unknown>>

/** The automation of every shop. */
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
      advances: switchedSpans(before.advances, wanted.advancesRefund, now),
    }
    this.byShop.set(shopId, next)
    return next
  }

  snapshot(): readonly (readonly [string, Automation])[] {
    return [...this.byShop]
  }

  restore(snapshot: readonly (readonly [string, Automation])[]): void {
    for (const [shopId, automation] of snapshot) this.byShop.set(shopId, automation)
  }
}

function switchedSpans(spans: Automation['advances'], wanted: unknown, now: number): Automation['advances'] {
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

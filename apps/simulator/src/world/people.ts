import type { Draw } from '../random'
import { HOUR, MINUTE } from './platform-rules'
import type { Act } from './acts'
import type { CaseRecord, Parcel } from './case'
import type { Trade } from './trade'
import { carriers, reasons } from './vocabulary'

/** An act of a person, and how long after the last step it follows. */
export interface NextStep {
  readonly afterMs: number
  readonly act: Act
}

export interface PeopleSettings {
  /** How many of the merchant's turns are taken in the marketplace's own back office (0–1). */
  readonly backOfficeShare: number
  /** How many steps people take within minutes rather than hours (0–1). */
  readonly hurry: number
}

/** People leave a case alone after so many revisions; otherwise a refusal and a changed application could alternate forever. */
const MOST_CHANGES = 12

/** What a person does next with a case that has just reached its stage; undefined: no person acts before the platform does. */
export function nextStep(record: CaseRecord, trade: Trade, draw: Draw, people: PeopleSettings): NextStep | undefined {
  if (record.quiet || record.revision > MOST_CHANGES) return undefined
  const act = nextAct(record, trade, draw, people.backOfficeShare)
  if (act === undefined) return undefined
  const afterMs = draw.chance(people.hurry) ? draw.between(15_000, 4 * MINUTE) : draw.between(20 * MINUTE, 40 * HOUR)
  return { afterMs, act }
}

function nextAct(record: CaseRecord, trade: Trade, draw: Draw, backOfficeShare: number): Act | undefined {
  const { optionalActs } = trade
  switch (record.finalMs === null ? trade.stageOf(record) : 'ended') {
    case 'merchant-answers':
      return draw.chance(backOfficeShare) ? firstAnswer(record, trade, draw) : actWhileWaiting(record, draw)
    case 'merchant-receives':
      if (!draw.chance(backOfficeShare)) return draw.chance(0.05) ? { what: 'withdraw', by: 'buyer' } : undefined
      if (optionalActs.has('refusal-of-returned-goods') && draw.chance(0.15))
        return { what: 'refuse', by: 'merchant', text: '退回商品影响二次销售' }
      if (optionalActs.has('extension') && draw.chance(0.1)) return { what: 'extend-time', by: 'merchant' }
      return record.kind === 'return-and-refund'
        ? { what: 'agree-refund', by: 'merchant' }
        : { what: 'ship-goods', by: 'merchant', parcel: parcelOf(draw, 0) }
    case 'merchant-ships':
      return draw.chance(backOfficeShare)
        ? { what: 'ship-goods', by: 'merchant', parcel: parcelOf(draw, 0) }
        : undefined
    case 'merchant-recalls':
      return draw.chance(backOfficeShare) ? { what: 'agree-refund', by: 'merchant' } : undefined
    case 'buyer-sends': {
      const roll = draw.next()
      if (roll < 0.75) return { what: 'send-back', by: 'buyer', parcel: parcelOf(draw, 0) }
      return roll < 0.82 ? { what: 'withdraw', by: 'buyer' } : undefined
    }
    case 'buyer-refuses-parcel':
      return draw.chance(0.85) ? { what: 'refuse-parcel', by: 'buyer' } : undefined
    case 'refused': {
      const roll = draw.next()
      if (roll < 0.35) return changedApplication(record, draw)
      if (roll < 0.75) return { what: 'escalate', by: 'buyer' }
      return roll < 0.85 ? { what: 'withdraw', by: 'buyer' } : undefined
    }
    case 'platform-decides': {
      const roll = draw.next()
      if (roll < 0.1) return { what: 'withdraw', by: 'buyer' }
      if (!optionalActs.has('evidence')) return undefined
      if (roll < 0.6)
        return {
          what: 'submit-evidence',
          by: 'merchant',
          evidence: [`https://p3.example.cn/evidence/${record.sequence}.jpg`],
        }
      return roll < 0.7
        ? { what: 'submit-evidence', by: 'buyer', evidence: [`https://p3.example.cn/buyer/${record.sequence}.jpg`] }
        : undefined
    }
    case 'buyer-receives':
      return draw.chance(0.8) ? { what: 'confirm-receipt', by: 'buyer' } : undefined
    case 'refunding':
    case 'ended':
      return undefined
  }
}

function firstAnswer(record: CaseRecord, { optionalActs }: Trade, draw: Draw): Act {
  const by = 'merchant' as const
  const roll = draw.next()
  if (roll < 0.25 && record.kind !== 'refund-only-unshipped')
    return { what: 'refuse', by, text: '商品无质量问题，请提供凭证' }
  switch (record.kind) {
    case 'refund-only-unshipped':
      return roll < 0.25 ? { what: 'ship-order', by, parcel: parcelOf(draw, 0) } : { what: 'agree-refund', by }
    case 'refund-only-shipped':
      if (roll < 0.4) return { what: 'agree-parcel-refusal', by }
      return roll < 0.5 && optionalActs.has('recall') ? { what: 'recall-parcel', by } : { what: 'agree-refund', by }
    case 'return-and-refund':
      return roll < 0.35 && optionalActs.has('turning-into-refund')
        ? { what: 'turn-into-refund', by }
        : { what: 'agree-return', by }
    case 'exchange':
      return { what: 'agree-return', by }
    case 'resend':
      return { what: 'agree-resend', by }
    case 'repair':
      return roll < 0.45 && optionalActs.has('repair-without-return')
        ? { what: 'agree-repair-unreturned', by }
        : { what: 'agree-return', by }
  }
}

/** The merchant has not answered yet: some buyers change their mind, few give up, some write. */
function actWhileWaiting(record: CaseRecord, draw: Draw): Act | undefined {
  const roll = draw.next()
  if (roll < 0.14) return changedApplication(record, draw)
  if (roll < 0.24) return { what: 'withdraw', by: 'buyer' }
  return roll < 0.3 ? { what: 'note', by: 'buyer', text: '请尽快处理' } : undefined
}

function changedApplication(record: CaseRecord, draw: Draw): Act {
  // Less than before, never more: what a buyer can ask for is what they paid, coupons taken off.
  const refundable = record.refundFen
  const roll = draw.next()
  if (roll < 0.5 && refundable > 200)
    return {
      what: 'modify',
      by: 'buyer',
      refundFen: Math.max(1, Math.floor((refundable * draw.between(40, 95)) / 100)),
    }
  if (roll < 0.75 && record.kind === 'refund-only-shipped')
    return { what: 'modify', by: 'buyer', kind: 'return-and-refund', reason: draw.pick(reasons['return-and-refund']) }
  if (roll < 0.75 && record.kind === 'return-and-refund')
    return { what: 'modify', by: 'buyer', kind: 'exchange', reason: draw.pick(reasons.exchange) }
  return { what: 'modify', by: 'buyer', reason: draw.pick(reasons[record.kind]) }
}

export function parcelOf(draw: Draw, sentMs: number): Parcel {
  const carrier = draw.pick(carriers)
  return {
    carrierId: carrier.id,
    carrierCode: carrier.code,
    carrierName: carrier.name,
    trackingNumber: carrier.prefix + draw.digits(13),
    sentMs,
  }
}

import type { AfterSaleCase, Subject } from '#after-sale'
import { seededRandom } from '../seeded-random'
import { TERMS } from './armed-strategies'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const HOUR = 3_600_000
const REASONS = [
  '七天无理由退货',
  '质量问题',
  '商家发错货',
  '收到商品破损',
  '与描述不符',
  '快递一直未送达',
  '不想要了',
  '拍错',
]
const STATUSES = [
  'awaiting-merchant-decision',
  'awaiting-merchant-decision',
  'awaiting-merchant-decision',
  'awaiting-merchant-receipt',
] as const
const KINDS = ['return-and-refund', 'return-and-refund', 'refund-only', 'exchange'] as const
const STAGES = ['in-transit', 'delivered', 'delivered', 'returning', 'received'] as const

/** Cases of all kinds that wait for the merchant, in a realistic mix. Deterministic. */
export function generateSubjects(count: number): Subject[] {
  const chance = seededRandom(7)
  return Array.from({ length: count }, (_, n) => {
    const appliedAt = NOON - chance.integer(72) * HOUR
    const paid = 1_000 + chance.integer(60_000)
    const stamp = { revision: appliedAt, observedAt: appliedAt + 500 }
    const status = chance.pick(STATUSES)
    const reason = { text: chance.pick(REASONS) }
    const stage = chance.pick(STAGES)
    const afterSale: AfterSaleCase = {
      organisation: '1',
      store: '7',
      marketplace: 'anywhere',
      caseNumber: `70008931${n}`,
      version: 4,
      openedAt: appliedAt + 500,
      appliedAt,
      firstReason: reason,
      firstSaid: { reason: appliedAt },
      status: { status, raw: status === 'awaiting-merchant-receipt' ? '11' : '6' },
      kind: { kind: chance.pick(KINDS), variant: 'shipped' },
      amounts: { total: paid, legs: { GOODS: paid } },
      reason,
      deadline: { due: appliedAt + 48 * HOUR, forRaw: '6' },
      order: {
        orderNumber: `48${n}`,
        lines: [{ lineId: '1', sku: 's', quantity: 1, paid }],
        paid,
        paidAt: appliedAt - 100 * HOUR,
      },
      goods: {
        stage,
        parcels: [{ direction: 'out', tracking: `SF${n}`, carrier: 'shunfeng' }],
        ...(stage === 'in-transit' ? {} : { deliveredAt: appliedAt - chance.integer(240) * HOUR }),
      },
      money: { stage: 'asked' },
      dispute: { stage: 'none' },
      flags: chance.next() < 0.15 ? ['auto-audit:7'] : ['risk:ok'],
      stamps: {
        status: stamp,
        kind: stamp,
        amounts: stamp,
        reason: stamp,
        goods: stamp,
        money: stamp,
        flags: stamp,
        order: stamp,
      },
      reached: { 'status:6': appliedAt, [`goods:${stage}`]: appliedAt },
      passed: {},
      lastSeen: stamp,
    }
    return { afterSale, terms: TERMS, now: appliedAt + chance.integer(40) * HOUR }
  })
}

import { KINDS } from '#after-sale'
import type { Kind } from '#after-sale'
import { amountsOf } from './amounts'
import { statusOf } from '../statuses'

const CODES = Array.from({ length: 40 }, (_, code) => code)
const AGREED_STATUSES = [4, 5, 10]

describe('Pinduoduo reports what is asked and agreed, not what was actually refunded', () => {
  it.each(Object.keys(KINDS) as Kind[])('%s: every code of the table', (kind) => {
    const money = kind === 'refund-only' || kind === 'return-and-refund'
    const codes = CODES.filter((code) => statusOf(code, kind, false) !== undefined)
    expect(codes.length).toBeGreaterThan(5)
    for (const code of codes)
      expect(amountsOf(8900, code, kind)).toEqual({
        amounts: { total: 8900, legs: {} },
        ...(money && AGREED_STATUSES.includes(code) ? { amountAgreed: { total: 8900 } } : {}),
      })
  })
})

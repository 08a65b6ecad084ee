import { SECOND, aRefundRequest, given, reported } from '../../../../test/support/cases'
import type { Facets, Line } from '../facets'
import { isFullRefund, maxPaidOf } from './full-refund'
import type { Truth } from '../truth'

const lines = (...all: Partial<Line>[]): Pick<Facets, 'order'> => ({
  order: { orderNumber: '1', lines: all.map((line, i) => ({ lineId: String(i + 1), ...line })) },
})
const withRequested = (total: number, freight?: number): Pick<Facets, 'amounts'> => ({
  amounts: { total, legs: freight === undefined ? {} : { GOODS: total - freight, FREIGHT: freight } },
})
const refunded = (total: number): Pick<Facets, 'amountRefunded'> => ({ amountRefunded: { total } })
const judged = (facets: Partial<Facets>): Truth => {
  const afterSale = given(reported(0, { ...aRefundRequest(), ...facets }))
  if (afterSale === undefined) throw new Error('no case')
  return isFullRefund(afterSale)
}

describe('isFullRefund: all that was paid for the lines, or a compensation', () => {
  it.each<[string, Partial<Facets>, Truth]>([
    ['all of it', { ...lines({ paid: 10_000 }), ...withRequested(10_000) }, 'true'],
    ['one fen less', { ...lines({ paid: 10_000 }), ...withRequested(9_999) }, 'false'],
    ['one fen more', { ...lines({ paid: 10_000 }), ...withRequested(10_001) }, 'true'],
    ['a compensation', { ...lines({ paid: 10_000 }), ...withRequested(500) }, 'false'],
    ['two lines, all of both', { ...lines({ paid: 6_000 }, { paid: 4_000 }), ...withRequested(10_000) }, 'true'],
    ['two lines, one of them', { ...lines({ paid: 6_000 }, { paid: 4_000 }), ...withRequested(6_000) }, 'false'],
    ['two lines, one price unknown', { ...lines({ paid: 6_000 }, {}), ...withRequested(6_000) }, 'unknown'],
    ['price unknown', { ...lines({}), ...withRequested(10_000) }, 'unknown'],
    ['a price of zero counts as unknown', { ...lines({ paid: 0 }), ...withRequested(0) }, 'unknown'],
    ['no order known', withRequested(10_000), 'unknown'],
    [
      'goods and freight, freight beside the price',
      { ...lines({ paid: 9_000, freight: 1_000 }), ...withRequested(10_000, 1_000) },
      'true',
    ],
    [
      'goods without freight, freight beside the price',
      { ...lines({ paid: 9_000, freight: 1_000 }), ...withRequested(9_000, 0) },
      'true',
    ],
    [
      'one fen below the goods, which may be freight within the price',
      { ...lines({ paid: 9_000, freight: 1_000 }), ...withRequested(8_999, 0) },
      'unknown',
    ],
    [
      'the goods, if the price contains the freight',
      { ...lines({ paid: 9_000, freight: 1_000 }), ...withRequested(8_000, 0) },
      'unknown',
    ],
    [
      'one fen less than the goods under either reading',
      { ...lines({ paid: 9_000, freight: 1_000 }), ...withRequested(7_999, 0) },
      'false',
    ],
    [
      'freight is asked that no line contains, the sum is the price',
      { ...lines({ paid: 9_000 }), ...withRequested(9_000, 1_000) },
      'unknown',
    ],
    ['freight is asked beside the whole price', { ...lines({ paid: 9_000 }), ...withRequested(10_000, 1_000) }, 'true'],
    [
      'R122: the parts are unknown, the sum covers price and freight',
      { ...lines({ paid: 9_000, freight: 1_000 }), ...withRequested(10_000) },
      'true',
    ],
    [
      'R122: the parts are unknown, the sum covers the price',
      { ...lines({ paid: 9_000, freight: 1_000 }), ...withRequested(9_999) },
      'unknown',
    ],
    [
      'once refunded, that decides: less',
      { ...lines({ paid: 10_000 }), ...withRequested(10_000), ...refunded(9_999) },
      'false',
    ],
    [
      'once refunded, that decides: all',
      { ...lines({ paid: 10_000 }), ...withRequested(500), ...refunded(10_000) },
      'true',
    ],
    [
      'no line is named, the order is covered',
      { order: { orderNumber: '1', lines: [], paid: 10_000 }, ...withRequested(10_000) },
      'true',
    ],
    [
      'no line is named, the order is not covered',
      { order: { orderNumber: '1', lines: [], paid: 10_000 }, ...withRequested(9_999) },
      'unknown',
    ],
    [
      'an exchange asks for no money',
      { ...lines({ paid: 10_000 }), ...withRequested(10_000), kind: { kind: 'exchange' } },
      'false',
    ],
    [
      'a resend asks for no money',
      { ...lines({ paid: 10_000 }), ...withRequested(10_000), kind: { kind: 'resend' } },
      'false',
    ],
    [
      'a repair asks for no money',
      { ...lines({ paid: 10_000 }), ...withRequested(10_000), kind: { kind: 'repair' } },
      'false',
    ],
  ])('%s', (_, facets, truth) => expect(judged(facets)).toBe(truth))

  it('is unknown where the requested amount is unknown', () => {
    const { amounts: _asked, ...without } = { ...aRefundRequest(), ...lines({ paid: 10_000 }) }
    const afterSale = given(reported(0, without))
    expect(afterSale && isFullRefund(afterSale)).toBe('unknown')
  })

  it('is decided by the amounts where the kind is unknown', () => {
    const { kind: _kind, ...without } = { ...aRefundRequest(), ...lines({ paid: 8900 }) }
    const afterSale = given(reported(0, without), reported(SECOND, {}))
    expect(afterSale && isFullRefund(afterSale)).toBe('true')
  })
})

describe('the most that the buyer can have paid', () => {
  it.each<[string, Partial<Facets>, number | undefined]>([
    [
      'the order, where it is more than the lines',
      { order: { orderNumber: '1', lines: [{ lineId: '1', paid: 100 }], paid: 300 } },
      300,
    ],
    ['the lines with their freight', lines({ paid: 100, freight: 10 }, { paid: 50 }), 160],
    ['a price is missing and the order has none', lines({ paid: 100 }, {}), undefined],
    ['nothing is known', {}, undefined],
    ['zero counts as unknown', { order: { orderNumber: '1', lines: [], paid: 0 } }, undefined],
  ])('%s', (_, facets, most) => {
    const afterSale = given(reported(0, { ...aRefundRequest(), ...facets }))
    expect(afterSale && maxPaidOf(afterSale)).toBe(most)
  })
})

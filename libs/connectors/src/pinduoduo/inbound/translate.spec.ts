import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Channel, Translation } from '../../contract'
import { elementsAt } from '../../contract'
import { inbound } from '.'

const NOW = Date.parse('2026-03-05T12:00:00.777+08:00')
const china = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`)
const sample = (name: string): string => readFileSync(join(__dirname, '../samples', `${name}.json`), 'utf8')
const translate = (channel: Channel, raw: string): Translation => inbound.translate({ channel, raw, receivedAt: NOW })
const rows = (): readonly string[] =>
  elementsAt(sample('list-answer'), ['refund_increment_get_response', 'refund_list']) ?? []
const changed = (text: string, changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...(JSON.parse(text) as object), ...changes })

function observed(translation: Translation): Extract<Translation, { type: 'observed' }> {
  if (translation.type !== 'observed') throw new Error(JSON.stringify(translation))
  return translation
}
const row = (index: number, changes: Readonly<Record<string, unknown>> = {}) =>
  observed(translate('list', changed(rows()[index] ?? '', changes)))
const detail = (name: string, changes: Readonly<Record<string, unknown>> = {}) =>
  observed(translate('detail', changed(sample(name), changes)))

describe('what list and detail of Pinduoduo report of a case', () => {
  test('a row of the list is a case with its order and goods, and asks for the detail', () => {
    expect(row(0)).toEqual({
      type: 'observed',
      shop: undefined,
      case: { caseNumber: '52100000071', orderNumber: '260301-410000000000071' },
      report: {
        stamp: { revision: china('2026-03-01 09:30:05'), observedAt: NOW },
        appliedAt: china('2026-03-01 09:30:05'),
        facets: {
          status: { status: 'awaiting-merchant-decision', raw: '2' },
          kind: { kind: 'refund-only' },
          amounts: { total: 800, legs: {} },
          reason: { text: '不喜欢/效果不好' },
          order: {
            orderNumber: '260301-410000000000071',
            lines: [{ lineId: '1510000000071', title: '竹柄修眉刀 两支装', sku: 'MEI-02', paid: 5980 }],
            paid: 5980,
          },
          money: { stage: 'asked' },
        },
      },
      alsoRead: 'the list has no deadline',
    })
  })

  test('a detail is a case with its deadline, its rails and its flags', () => {
    expect(detail('detail-refund-only')).toEqual({
      type: 'observed',
      shop: undefined,
      case: { caseNumber: '52100000071', orderNumber: '260301-410000000000071' },
      report: {
        stamp: { revision: china('2026-03-01 09:30:05'), observedAt: NOW },
        appliedAt: 1772328605000,
        facets: {
          status: { status: 'awaiting-merchant-decision', raw: '2' },
          kind: { kind: 'refund-only' },
          amounts: { total: 800, legs: {} },
          reason: { text: '不喜欢/效果不好' },
          deadline: { due: 1772501405000, forRaw: '2' },
          money: { stage: 'asked' },
          dispute: { stage: 'none' },
          goods: { stage: 'in-transit', parcels: [] },
          flags: ['part-percent:30'],
        },
      },
    })
  })

  test('the detail of an exchange reports both parcels, and the buyer only where name and phone are in clear', () => {
    const exchange = detail('detail-exchange')
    expect(exchange.report.facets.goods).toEqual({
      stage: 'returning',
      parcels: [
        { direction: 'back', tracking: '75300000000074' },
        { direction: 'out', tracking: 'SF1400000000074' },
      ],
    })
    expect(exchange.buyer).toEqual({ name: '林小满', phone: '19900000074' })
    const sealed = observed(translate('detail', sample('detail-wrapped')))
    expect(sealed.buyer).toBeUndefined()
    expect(sealed.case.caseNumber).toBe('52100000076')
  })

  test('Pinduoduo money is yuan text in the list and fen in the detail', () => {
    const total = (translation: { report: { facets: { amounts?: { total: number } } } }) =>
      translation.report.facets.amounts?.total
    expect(total(row(0, { refund_amount: '8.00' }))).toBe(800)
    expect(total(row(0, { refund_amount: '8' }))).toBe(800)
    expect(total(row(0, { refund_amount: '1234567.89' }))).toBe(123456789)
    expect(total(row(0, { refund_amount: '0.29' }))).toBe(29)
    expect(total(detail('detail-refund-only', { refund_amount: 800 }))).toBe(800)
    expect(translate('detail', changed(sample('detail-refund-only'), { refund_amount: '8.00' }))).toEqual({
      type: 'unintelligible',
      why: 'detail: refund_amount is not money',
    })
    expect(translate('list', changed(rows()[0] ?? '', { refund_amount: '-8.00' }))).toMatchObject({
      type: 'unintelligible',
      why: 'list row: refund_amount is not money',
    })
  })

  test('the type of the list is one more than the type of the detail', () => {
    const kinds = ['refund-only', 'return-and-refund', 'exchange', 'resend', 'repair']
    expect([2, 3, 4, 5, 6].map((type) => row(0, { after_sales_type: type }).report.facets.kind?.kind)).toEqual(kinds)
    const detailed = [1, 2, 3, 4, 5].map((type) => detail('detail-refund-only', { after_sales_type: type }))
    expect(detailed.map(({ report }) => report.facets.kind?.kind)).toEqual(kinds)
    expect(translate('list', changed(rows()[0] ?? '', { after_sales_type: 1 })).type).toBe('unintelligible')
    expect(translate('detail', changed(sample('detail-refund-only'), { after_sales_type: 6 })).type).toBe(
      'unintelligible',
    )
  })

  test('times are China text, seconds in text or milliseconds, each the same instant', () => {
    const at = 1772328605000
    const revision = (updated: unknown) => row(0, { updated_time: updated }).report.stamp.revision
    expect(['2026-03-01 09:30:05', '1772328605', 1772328605, '1772328605000'].map(revision)).toEqual([at, at, at, at])
    expect(detail('detail-refund-only', { recreated_at: at }).report.appliedAt).toBe(at)
    expect(detail('detail-refund-only', { recreated_at: 1772328605 }).report.appliedAt).toBe(at)
  })

  test('a reason is free text without a code, kept as it was written', () => {
    expect(row(0, { after_sale_reason: '  其他（与客服协商一致）' }).report.facets.reason).toEqual({
      text: '其他（与客服协商一致）',
    })
    expect(detail('detail-refund-only', { after_sales_reason: '空包裹' }).report.facets.reason).toEqual({
      text: '空包裹',
    })
    expect(row(0, { after_sale_reason: '' }).report.facets.reason).toBeUndefined()
  })

  test('a row without a readable time is read again, a detail without one counts from its answer', () => {
    expect(translate('list', changed(rows()[0] ?? '', { updated_time: 'str' }))).toEqual({
      type: 'must-read',
      shop: undefined,
      case: { caseNumber: '52100000071', orderNumber: '260301-410000000000071' },
      why: 'list row without a readable updated_time',
    })
    expect(detail('detail-refund-only', { updated_time: 'str' }).report.stamp).toEqual({
      revision: Date.parse('2026-03-05T12:00:00+08:00'),
      observedAt: NOW,
    })
  })

  test('an ended case asks for nothing more', () => {
    expect(row(2).alsoRead).toBeUndefined()
    expect(row(2).report.facets.status).toEqual({ status: 'succeeded', outcome: 'refunded', raw: '10' })
  })

  test('ids keep every digit', () => {
    const raw = (rows()[0] ?? '').replace('52100000071', '9007199254740993123')
    expect(observed(translate('list', raw)).case.caseNumber).toBe('9007199254740993123')
  })
})

describe('what is not understood is reported', () => {
  test.each([
    [
      'list',
      '{"id":1,"order_sn":"a","after_sales_type":2,"after_sales_status":99}',
      'after_sales_status 99 is not in the table',
    ],
    [
      'list',
      '{"id":1,"order_sn":"a","after_sales_type":2,"after_sales_status":1}',
      'after_sales_status 1 is not in the table',
    ],
    [
      'detail',
      '{"id":1,"order_sn":"a","after_sales_type":7,"after_sales_status":2}',
      'after_sales_type 7 is not in the table',
    ],
    ['detail', '{"id":1,"after_sales_type":1,"after_sales_status":2}', 'no readable order_sn'],
    ['detail', '{"order_sn":"a"}', 'no readable id'],
    ['list', '[]', 'not an object'],
    ['list', '{', 'not JSON'],
  ] as const)('%s %s', (channel, raw, why) => {
    const translation = translate(channel, raw)
    expect(translation.type).toBe('unintelligible')
    expect('why' in translation && translation.why.endsWith(why)).toBe(true)
  })

  test('an error answer is no case', () => {
    const raw = '{"error_response":{"error_code":10019,"error_msg":"x"}}'
    expect(translate('detail', raw)).toEqual({ type: 'irrelevant', why: 'an error answer, code 10019' })
  })
})

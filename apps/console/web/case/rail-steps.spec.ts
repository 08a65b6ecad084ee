import { stepsOf } from './rail-steps'

const GOODS = [
  'unknown',
  'not-shipped',
  'intercepting',
  'in-transit',
  'delivered',
  'refused',
  'returning',
  'received',
  'inspected-fit',
  'inspected-unfit',
]
const MONEY = ['none', 'asked', 'advanced', 'refunding', 'refunded', 'partly-refunded', 'recovered', 'failed']
const T1 = '2026-11-22T04:00:00.000Z'
const T2 = '2026-11-22T05:00:00.000Z'

describe('stepsOf', () => {
  it('lists the stages that were reached, the current one, what usually follows, and branches', () => {
    const reached = [
      { stage: 'unknown', at: T1 },
      { stage: 'delivered', at: T1 },
      { stage: 'returning', at: T2 },
    ]
    expect(stepsOf('goods', { stage: 'returning', since: T2, reached }, GOODS, 'return-and-refund', false)).toEqual([
      { stage: 'delivered', place: 'passed', at: T1 },
      { stage: 'returning', place: 'now', at: T2 },
      { stage: 'received', place: 'ahead', at: null },
      { stage: 'inspected-fit', place: 'ahead', at: null },
      { stage: 'inspected-unfit', place: 'branch', at: null },
    ])
  })

  it('lists no return of the goods if only money is asked for', () => {
    const at = { stage: 'in-transit', since: null, reached: [] }
    expect(stepsOf('goods', at, GOODS, 'refund-only', false)).toEqual([
      { stage: 'in-transit', place: 'now', at: null },
      { stage: 'delivered', place: 'ahead', at: null },
      { stage: 'refused', place: 'branch', at: null },
    ])
  })

  it('does not list the refusal of a parcel that was accepted', () => {
    const at = { stage: 'delivered', since: null, reached: [] }
    expect(stepsOf('goods', at, GOODS, 'exchange', false).map(({ stage }) => stage)).toEqual([
      'delivered',
      'returning',
      'received',
      'inspected-fit',
      'inspected-unfit',
    ])
  })

  it('lists nothing after the current stage of a finished case', () => {
    const reached = [
      { stage: 'asked', at: T1 },
      { stage: 'refunded', at: T2 },
    ]
    expect(stepsOf('money', { stage: 'refunded', since: T2, reached }, MONEY, 'refund-only', true)).toEqual([
      { stage: 'asked', place: 'passed', at: T1 },
      { stage: 'refunded', place: 'now', at: T2 },
    ])
  })

  it('lists one idle step where nothing is known or nothing happens', () => {
    expect(stepsOf('goods', { stage: null, since: null, reached: [] }, GOODS, null, false)).toEqual([
      { stage: 'unknown', place: 'now', at: null },
    ])
    expect(
      stepsOf('money', { stage: 'none', since: T1, reached: [{ stage: 'none', at: T1 }] }, MONEY, 'exchange', false),
    ).toEqual([{ stage: 'none', place: 'now', at: T1 }])
  })

  it('keeps a stage that it does not know', () => {
    expect(stepsOf('money', { stage: 'elsewhere', since: null, reached: [] }, MONEY, 'refund-only', true)).toEqual([
      { stage: 'elsewhere', place: 'now', at: null },
    ])
  })
})

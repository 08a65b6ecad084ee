import { listChanges } from './change-list'

describe('listChanges', () => {
  it('lists a field with before and after', () => {
    expect(listChanges({ amountFen: { from: 12900, to: 9900 } })).toEqual([
      { field: 'amountFen', before: 12900, after: 9900 },
    ])
  })

  it('names the amount that a total belongs to (fault A9)', () => {
    expect(
      listChanges({
        amountRefunded: { from: null, to: { total: 1744 } },
        amountAgreed: { total: 8900 },
        amounts: { total: 9 },
      }),
    ).toEqual([
      { field: 'amountRefunded', after: 1744 },
      { field: 'amountAgreed', after: 8900 },
      { field: 'total', after: 9 },
    ])
  })

  it('lists a field without before if nothing was known', () => {
    expect(listChanges({ to: { status: 'refunding', raw: '4' } })).toEqual([
      { field: 'status', after: 'refunding' },
      { field: 'raw', after: '4' },
    ])
  })

  it('leaves out what stayed the same', () => {
    expect(
      listChanges({ from: { total: 100, legs: { GOODS: 100 } }, to: { total: 90, legs: { GOODS: 90, FREIGHT: 0 } } }),
    ).toEqual([
      { field: 'total', before: 100, after: 90 },
      { field: 'GOODS', before: 100, after: 90 },
      { field: 'FREIGHT', after: 0 },
    ])
    expect(listChanges({ flags: { from: ['a'], to: ['a'] } })).toEqual([])
  })

  it('leaves out what is empty, but lists what was removed', () => {
    expect(listChanges({ due: null, parcels: [], orderNumber: '' })).toEqual([])
    expect(listChanges({ lines: { from: [], to: ['A'] }, due: { from: 1, to: null } })).toEqual([
      { field: 'lines', after: ['A'] },
      { field: 'due', before: 1, after: null },
    ])
  })

  it('names a stage by its rail and a text by what it describes', () => {
    expect(
      listChanges({
        goods: { stage: 'returning', parcels: [] },
        money: { stage: 'asked' },
        reason: { text: '少件', code: '9' },
      }),
    ).toEqual([
      { field: 'goods', after: 'returning' },
      { field: 'money', after: 'asked' },
      { field: 'reason', after: '少件' },
      { field: 'code', after: '9' },
    ])
  })

  it('never lists sealed values and hashes', () => {
    expect(listChanges({ to: { sealed: 'x', phoneHash: 'y', phoneMask: '138****5678' } })).toEqual([
      { field: 'phoneMask', after: '138****5678' },
    ])
  })
})

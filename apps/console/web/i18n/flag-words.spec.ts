import { flagTerm } from './flag-words'

describe('a mark of a marketplace', () => {
  it('is shown by its name', () => {
    expect(flagTerm('speed-refund')).toEqual({ zh: '极速退款', en: 'speed refund' })
    expect(flagTerm('auto-audit:7').zh).toBe('自动审核：助手同意退货')
  })

  it('keeps its number', () => {
    expect(flagTerm('part-pieces:2')).toEqual({ zh: '部分退 2 件', en: '2 pieces' })
    expect(flagTerm('auto-audit:99')).toEqual({ zh: '自动审核 99', en: 'auto audit 99' })
  })

  it('is shown as it is when it has no name', () => {
    expect(flagTerm('brand-new:1')).toEqual({ zh: 'brand-new:1', en: 'brand-new:1' })
    expect(flagTerm('constructor')).toEqual({ zh: 'constructor', en: 'constructor' })
  })
})

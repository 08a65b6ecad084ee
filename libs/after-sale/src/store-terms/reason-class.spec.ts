import fc from 'fast-check'
import { NOON, SECOND, given, reported } from '../../../../test/support/cases'
import { defaultStoreTerms } from './default-store-terms'
import { EXPERIENCE_NEUTRAL, classifyReason, firstReasonClassOf, reasonClassOf } from './reason-class'
import type { ReasonClass, ReasonRule } from './store-terms'

const classByDefault = (text: string): ReasonClass | undefined =>
  classifyReason({ text }, undefined, defaultStoreTerms.reasons)

describe('R151, R162, R163: what a reason is about, by the table that every store begins with', () => {
  it.each<[string, ReasonClass | undefined]>([
    ['7天无理由退货', 'no-reason'],
    ['七天无理由退换货', 'no-reason'],
    ['７天无理由 退货', 'no-reason'],
    ['七日无理由', 'no-reason'],
    ['不想要了', 'no-reason'],
    ['商品信息拍错（规格/尺码/颜色等）', 'no-reason'],
    ['非7天无理由退货', 'other'],
    ['商品不支持七天无理由', 'other'],
    ['质量问题', 'quality'],
    ['非质量问题', 'other'],
    ['颜色与描述不符', 'not-as-described'],
    ['商品有破损', 'damaged'],
    ['卖家发错货', 'wrong-goods'],
    ['物流一直未送到', 'logistics'],
    ['其他', 'other'],
    ['心情不好', undefined],
    ['', undefined],
  ])('%j is %s', (text, found) => expect(classByDefault(text)).toBe(found))

  it('R162: only reasons that need none, and others, leave the experience score alone', () => {
    expect(EXPERIENCE_NEUTRAL).toEqual(['no-reason', 'other'])
  })
})

describe('R163: a table that the merchant has edited', () => {
  const reasons: readonly ReasonRule[] = [
    { words: '质量', class: 'quality' },
    { code: '15', class: 'no-reason' },
    { code: '15', class: 'damaged' },
    { words: '质量问题', class: 'damaged' },
    { words: '', class: 'other' },
  ]
  it('a code decides before any words, also where the words come first in the table', () => {
    expect(classifyReason({ text: '质量问题' }, { code: '15' }, reasons)).toBe('no-reason')
  })
  it('of two rules that fit the first decides', () => {
    expect(classifyReason({ text: '质量问题' }, { code: '16' }, reasons)).toBe('quality')
  })
  it('what is in no rule is unknown, never other; an empty word fits nothing', () => {
    expect([
      classifyReason({ text: '拍错' }, { code: '16' }, reasons),
      classifyReason(undefined, undefined, reasons),
      classifyReason({ text: '质量' }, undefined, []),
    ]).toEqual([undefined, undefined, undefined])
  })
  it('looking up a second time, or after thousands of other texts, changes nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        expect(classifyReason({ text }, undefined, reasons)).toBe(text.includes('质量') ? 'quality' : undefined),
      ),
    )
    for (let i = 0; i < 2_500; i++) classifyReason({ text: `第${i}个原因` }, undefined, reasons)
    expect([
      classifyReason({ text: '质量问题' }, undefined, reasons),
      classifyReason({ text: '第1个原因' }, undefined, reasons),
    ]).toEqual(['quality', undefined])
  })
})

describe('a reason that the buyer changed', () => {
  const afterSale = given(
    reported(0, { reason: { text: '质量问题' }, status: { status: 'awaiting-merchant-decision', raw: '6' } }),
    reported(SECOND, { reason: { text: '7天无理由退货' } }),
  )!
  it('R172: is judged by the current reason, and counted by the first', () => {
    expect(afterSale.openedAt).toBeGreaterThan(NOON)
    expect([reasonClassOf(afterSale, defaultStoreTerms), firstReasonClassOf(afterSale, defaultStoreTerms)]).toEqual([
      'no-reason',
      'quality',
    ])
  })
})

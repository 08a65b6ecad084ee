import { sampleActions, requestOf } from '../../../test/support/action-commands'
import { NOON, aRefundRequest, given, reported } from '../../../test/support/cases'
import type { Action } from './actions/action'
import type { ActionName } from './actions/action-names'
import { withoutTexts } from './actions/request/without-texts'
import type { CaseEvent } from './events'
import { decide } from './decide'
import { GOODS_CATEGORIES, isAllowedCategory } from './goods/goods-categories'
import { publicEventOf } from './public-events'

/** What a person may enter into a free text field. */
const TYPED_TEXT = '王小明13912345678'
const names = Object.keys(sampleActions) as ActionName[]

/** Every text of an action that is no code of a marketplace, replaced by what was typed. */
function withTypedTexts(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((nested) => withTypedTexts(nested, key))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, nested]) => [name, withTypedTexts(nested, name)]))
  // A carrier that is named by its code is kept, one that is named otherwise is not.
  return ['carrier', 'note', 'reason', 'explanation', 'text', 'plan', 'carrierName'].includes(key) ? TYPED_TEXT : value
}
const withNames = (action: Action): Action =>
  'shipment' in action && action.shipment
    ? ({ ...action, shipment: { ...action.shipment, carrierName: 'x' } } as Action)
    : action

describe('a text that a person enters', () => {
  it.each(names)('in %s is kept in no event', (name) => {
    const action = withTypedTexts(withNames(sampleActions[name])) as Action
    expect(JSON.stringify(withoutTexts(action))).not.toContain(TYPED_TEXT)
  })

  it('is sealed with the order, and is in no event of the decision', () => {
    const action = withTypedTexts(withNames(sampleActions['ship-exchange'])) as Action
    const afterSale = given(reported(0, aRefundRequest({ kind: { kind: 'exchange' } })))
    const decision = decide(afterSale, requestOf(action))
    if (decision.type !== 'decided') throw new Error(decision.reason)
    expect(decision.events).toMatchObject([{ type: 'ActionIntended', action: { shipment: { carrier: '' } } }])
    expect(JSON.stringify(decision.events)).not.toContain(TYPED_TEXT)
    expect(decision.effects).toMatchObject([{ action: { shipment: { carrierName: TYPED_TEXT } } }])
  })

  it('as the category of the goods, before there was a list of them, is not published', () => {
    const opened = given(reported(0, aRefundRequest()))
    const by = { kind: 'person', id: 'lin' } as const
    const attested: CaseEvent = { type: 'FactsAttested', facts: { category: TYPED_TEXT }, by, at: NOON }
    const afterSale = given(reported(0, aRefundRequest()), {
      type: 'AttestFacts',
      facts: { category: TYPED_TEXT },
      by,
      now: NOON,
    })
    // It is in the case as before, visible to people.
    expect(afterSale?.facts).toEqual({ category: TYPED_TEXT })
    if (opened === undefined || afterSale === undefined) throw new Error('no case')
    expect(publicEventOf(attested, afterSale)).toBeUndefined()
    const condition = {
      ...{ rule: 'R007', claim: 'categoryAllowsIt', truth: 'unknown', found: TYPED_TEXT, wanted: 'allowed-category' },
      ...{ title: { zh: '', en: '' } },
    }
    const verdict = { policy: 'parcelMayBeRefused', rules: [], outcome: 'act', conditions: [condition], judged: {} }
    const decision = decide(afterSale, requestOf('approve-refund', { verdict: verdict as never }))
    if (decision.type !== 'decided') throw new Error(decision.reason)
    expect(decision.events.map((event) => JSON.stringify(publicEventOf(event, afterSale))).join()).not.toContain(
      TYPED_TEXT,
    )
  })
})

describe('A23, R007: a category of goods', () => {
  it.each<[string, readonly string[] | undefined, string | undefined, boolean | undefined]>([
    ['of the list, among them', ['shoes', 'food'], 'food', true],
    ['of the list, among them by its Chinese name', ['服饰'], 'clothing', true],
    ['of before the list, among them by either name', ['clothing'], '服饰', true],
    ['of before the list, in the very words', ['女装/连衣裙'], '女装/连衣裙', true],
    ['of the list, not among them', ['shoes'], 'food', false],
    ['of the list, where none is among them', [], 'food', false],
    ['of the list, where a word of their own may mean it', ['shoes', '女装/连衣裙'], 'clothing', undefined],
    ['of before the list, in other words', ['shoes'], '女装', undefined],
    ['that is unknown', ['shoes'], undefined, undefined],
    ['where it is unknown which are allowed', undefined, 'shoes', undefined],
  ])('%s', (_, allowed, category, isAllowed) => {
    expect(isAllowedCategory(allowed, category)).toBe(isAllowed)
  })

  it('has one name in each language', () => {
    const terms = Object.values(GOODS_CATEGORIES)
    expect(new Set(terms.map(({ zh }) => zh)).size).toBe(terms.length)
    expect(new Set(terms.map(({ en }) => en)).size).toBe(terms.length)
  })
})

import { checkStoreTerms, termsOf } from './check-store-terms'
import { defaultStoreTerms } from './default-store-terms'

const anyDay = [{ from: 540, to: 1080 }]
const week = { days: { 0: [], 1: anyDay, 2: anyDay, 3: anyDay, 4: anyDay, 5: anyDay, 6: [] } }

const limitOf = (value: number) => ({ value, rule: 'ours' as const, from: '2026-12-01' })
const limits = { payment: limitOf(20_000), proposal: limitOf(100_000), claim: limitOf(100_000) }

describe("a store's terms as a document", () => {
  it('may set nothing: then the defaults apply', () => {
    expect(checkStoreTerms({})).toEqual([])
    expect(termsOf({})).toEqual(defaultStoreTerms)
  })

  it('may set what the merchant decides', () => {
    const document = {
      zoneMinutes: 480,
      week,
      reasons: [{ words: '尺码', class: 'no-reason' as const }],
      returnAddressId: '900',
      amountLimits: limits,
    }
    expect(checkStoreTerms(document)).toEqual([])
    expect(termsOf(document)).toEqual({ ...defaultStoreTerms, ...document })
  })

  it.each<[string, unknown, string, string]>([
    ['no document', [], '', 'NotADocument'],
    ['an unknown setting', { discount: 1 }, 'discount', 'UnknownSetting'],
    ['a name of the language itself', JSON.parse('{"__proto__": 1}'), '__proto__', 'UnknownSetting'],
    ['a week of six days', { week: { days: { ...week.days, 6: undefined } } }, 'week', 'TooMany'],
    [
      'an hour that ends before it begins',
      { week: { days: { ...week.days, 1: [{ from: 600, to: 540 }] } } },
      'week',
      'OutOfRange',
    ],
    ['a day of 25 hours', { week: { days: { ...week.days, 1: [{ from: 0, to: 1500 }] } } }, 'week', 'OutOfRange'],
    ['a reason of no class', { reasons: [{ words: 'x', class: 'ugly' }] }, 'reasons', 'NotAllowedHere'],
    ['a reason that fits nothing', { reasons: [{ class: 'quality' }] }, 'reasons', 'SettingMissing'],
    ['limits of some uses only', { amountLimits: { payment: limitOf(1) } }, 'amountLimits', 'NotADocument'],
    ['a limit below zero', { amountLimits: { ...limits, claim: limitOf(-1) } }, 'amountLimits', 'OutOfRange'],
    ['a limit that limits nothing', { amountLimits: { ...limits, claim: limitOf(1e9) } }, 'amountLimits', 'OutOfRange'],
    [
      'a limit from no day',
      { amountLimits: { ...limits, claim: { ...limitOf(1), from: '' } } },
      'amountLimits',
      'NotAText',
    ],
    [
      'a limit of no source',
      { amountLimits: { ...limits, claim: { ...limitOf(1), rule: 'x' } } },
      'amountLimits',
      'NotAllowedHere',
    ],
    ['an empty address', { returnAddressId: ' ' }, 'returnAddressId', 'NotAText'],
    [
      'a service that ends before it begins',
      { advanceRefund: [{ from: 10, until: 9 }] },
      'advanceRefund',
      'OutOfRange',
    ],
  ])('is refused with a name: %s', (_, document, at, problem) => {
    expect(checkStoreTerms(document)).toEqual([{ at, problem }])
  })
})

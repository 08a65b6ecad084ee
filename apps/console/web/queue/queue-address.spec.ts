import { addressOf, isNarrowed, widened, wordsOf } from './queue-address'

const at = (words: string) => addressOf(new URLSearchParams(words))

describe('the queue in the address bar', () => {
  it('is ours, nearest deadline first, where nothing is said', () => {
    expect(at('')).toEqual({
      turn: 'us',
      marketplace: undefined,
      store: [],
      kind: [],
      status: [],
      due: undefined,
      dueFrom: undefined,
      dueTo: undefined,
      riskFrom: undefined,
      riskTo: undefined,
      sort: 'deadline',
    })
    expect(wordsOf(at('')).toString()).toBe('')
  })

  it('says what it shows and shows what it says', () => {
    const words =
      'turn=platform&marketplace=m1&store=s1%2Cs2&kind=exchange&status=refunding&due=4h&riskFrom=100&riskTo=20000&sort=risk'
    expect(wordsOf(at(words)).toString()).toBe(words)
  })

  it('leaves out words that mean nothing', () => {
    expect(
      wordsOf(at('turn=me&due=soon&dueFrom=yesterday&riskFrom=-5&riskTo=1.5&sort=up&store=,,a,a')).toString(),
    ).toBe('store=a')
  })

  it('prefers a span of deadlines that moves along to a fixed one', () => {
    expect(at('due=overdue&dueTo=2026-11-22T00:00:00Z').dueTo).toBeUndefined()
  })

  it('clears what narrows and keeps the tab and the order', () => {
    const narrow = at('turn=buyer&kind=repair&riskTo=5&sort=risk')
    expect(isNarrowed(narrow)).toBe(true)
    expect(wordsOf(widened(narrow)).toString()).toBe('turn=buyer&sort=risk')
    expect(isNarrowed(widened(narrow))).toBe(false)
  })
})

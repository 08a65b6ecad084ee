import { parseQueueAddress, isNarrowed, withoutFilters, queueSearchParams } from './queue-address'

const at = (words: string) => parseQueueAddress(new URLSearchParams(words))

describe('the queue in the address bar', () => {
  it('is our turn, nearest deadline first, by default', () => {
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
    expect(queueSearchParams(at('')).toString()).toBe('')
  })

  it('survives the round trip through the address bar', () => {
    const words =
      'turn=platform&marketplace=m1&store=s1%2Cs2&kind=exchange&status=refunding&due=4h&riskFrom=100&riskTo=20000&sort=risk'
    expect(queueSearchParams(at(words)).toString()).toBe(words)
  })

  it('ignores what has no meaning', () => {
    expect(
      queueSearchParams(at('turn=me&due=soon&dueFrom=yesterday&riskFrom=-5&riskTo=1.5&sort=up&store=,,a,a')).toString(),
    ).toBe('store=a')
  })

  it('prefers a range relative to now to a fixed one', () => {
    expect(at('due=overdue&dueTo=2026-11-22T00:00:00Z').dueTo).toBeUndefined()
  })

  it('clears the filters and keeps the tab and the order', () => {
    const filtered = at('turn=buyer&kind=repair&riskTo=5&sort=risk')
    expect(isNarrowed(filtered)).toBe(true)
    expect(queueSearchParams(withoutFilters(filtered)).toString()).toBe('turn=buyer&sort=risk')
    expect(isNarrowed(withoutFilters(filtered))).toBe(false)
  })
})

import { QueryRefused, TookTooLong } from '#analytics'
import { filtersOf, problemOfFigures } from './figures'

describe('a question without an answer', () => {
  it.each([
    [new TookTooLong(), 'figures-too-slow'],
    [new QueryRefused('TooManyCells', 'too many'), 'no-right-answer'],
    [new QueryRefused('BadCursor', 'not of this list'), 'wrong-cursor'],
  ])('%p is reported as %s', (error, code) => expect(problemOfFigures(error)).toMatchObject({ code }))

  it('an error of ours stays one', () => {
    const error = new Error('connection lost')
    expect(problemOfFigures(error)).toBe(error)
  })
})

describe('filters', () => {
  it('of the same dimension are alternatives, and a value may have colons', () =>
    expect(filtersOf(['kind:exchange', 'kind:refund-only', 'strategy:a:1'])).toEqual({
      kind: ['exchange', 'refund-only'],
      strategy: ['a:1'],
    }))
})

import { guessSearchBy, searchTermOf } from './search-term'

describe('guessSearchBy and searchTermOf', () => {
  it.each([
    ['13812345678', 'phone'],
    ['+86 13812345678', 'phone'],
    ['5678', 'phone'],
    ['261119-384756123456', 'order'],
    ['6912345678901234567', 'order'],
    ['欧阳小明', 'name'],
    ['   ', undefined],
  ])('guess for %p the search by %p', (typed, by) => {
    expect(guessSearchBy(typed)).toBe(by)
  })

  it('search for a phone by its digits only', () => {
    expect(searchTermOf('phone', '+86 138-1234-5678')?.params).toEqual({ phone: '13812345678' })
    expect(searchTermOf('phone', ' 5678 ')?.params).toEqual({ phone: '5678' })
  })

  it('search by exactly one parameter, or one time range', () => {
    expect(searchTermOf('order', ' 261119-38 ')?.params).toEqual({ order: '261119-38' })
    expect(searchTermOf('applied', '', '2026-11-01T00:00:00.000Z')?.params).toEqual({
      appliedFrom: '2026-11-01T00:00:00.000Z',
    })
  })

  it('answer undefined where nothing was typed', () => {
    expect(searchTermOf('name', '  ')).toBeUndefined()
    expect(searchTermOf('applied', '')).toBeUndefined()
  })
})

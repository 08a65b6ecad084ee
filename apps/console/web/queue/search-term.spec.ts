import { guessOf, termOf } from './search-term'

describe('the four searches', () => {
  it.each([
    ['13812345678', 'phone'],
    ['+86 13812345678', 'phone'],
    ['5678', 'phone'],
    ['261119-384756123456', 'order'],
    ['6912345678901234567', 'order'],
    ['欧阳小明', 'name'],
    ['   ', undefined],
  ])('take %p for %p', (typed, by) => {
    expect(guessOf(typed)).toBe(by)
  })

  it('ask for a phone by its digits only', () => {
    expect(termOf('phone', '+86 138-1234-5678')?.params).toEqual({ phone: '13812345678' })
    expect(termOf('phone', ' 5678 ')?.params).toEqual({ phone: '5678' })
  })

  it('ask for exactly one thing', () => {
    expect(termOf('order', ' 261119-38 ')?.params).toEqual({ order: '261119-38' })
    expect(termOf('applied', '', '2026-11-01T00:00:00.000Z')?.params).toEqual({
      appliedFrom: '2026-11-01T00:00:00.000Z',
    })
  })

  it('are none where nothing was typed', () => {
    expect(termOf('name', '  ')).toBeUndefined()
    expect(termOf('applied', '')).toBeUndefined()
  })
})

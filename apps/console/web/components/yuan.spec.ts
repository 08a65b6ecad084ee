import { fenOfYuan, typedYuan, yuanText } from './yuan'

describe('amounts in yuan', () => {
  it('are shown with their fen', () => {
    expect(yuanText(123405)).toBe('¥1,234.05')
    expect(yuanText(7)).toBe('¥0.07')
    expect(yuanText(-50)).toBe('−¥0.50')
  })

  it('are undefined, not zero, when they are unknown', () => {
    expect(yuanText(null)).toBeUndefined()
  })

  it('are parsed without floating point', () => {
    expect(fenOfYuan('4.35')).toBe(435)
    expect(fenOfYuan('¥1,200.5')).toBe(120050)
    expect(fenOfYuan('12')).toBe(1200)
    expect(typedYuan(435)).toBe('4.35')
  })

  it('are undefined when what was typed is no amount', () => {
    expect(fenOfYuan('4.355')).toBeUndefined()
    expect(fenOfYuan('-1')).toBeUndefined()
    expect(fenOfYuan('1e3')).toBeUndefined()
  })
})

import { bigintAsNumber } from './bigint-column'

describe('a bigint of the database', () => {
  it.each<[string | number | null, number | null]>([
    ['0', 0],
    ['-1', -1],
    ['1764504000000', 1_764_504_000_000],
    [String(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
    [1_764_504_000_000, 1_764_504_000_000],
    [null, null],
  ])('%s is the number %s', (stored, number) => {
    expect(bigintAsNumber.from(stored)).toBe(number)
  })

  it.each(['9007199254740992', '-9007199254740992', '9223372036854775807', 'NaN', '1.5'])(
    '%s is an error, never a rounded number',
    (stored) => {
      expect(() => bigintAsNumber.from(stored) as number).toThrow('a bigint of the database does not fit a number')
    },
  )
})

import fc from 'fast-check'
import { multiplierOf, property, seedOf } from './property'

describe('property', () => {
  it('passes every generated value to the predicate', async () => {
    let runs = 0
    await property(
      fc.integer(),
      fc.string(),
      (count, text) => {
        runs += 1
        expect([typeof count, typeof text]).toEqual(['number', 'string'])
      },
      { runs: 7 },
    )
    expect(runs).toBe(Math.round(7 * multiplierOf(process.env['PROPERTY_RUNS'])))
  })

  it('tries the known counterexamples first', async () => {
    const seen: number[] = []
    await property(fc.nat(), (count) => void seen.push(count), { runs: 3, examples: [[41], [42]] })
    expect(seen.slice(0, 2)).toEqual([41, 42])
  })

  it.each([
    ['an expectation', (count: number) => expect(count).toBeLessThan(10)],
    ['false', (count: number) => count < 10],
    ['a rejected promise', async (count: number) => (count < 10 ? undefined : await Promise.reject(new Error('big')))],
  ])('fails by %s, and the report has the seed and the smallest counterexample', async (_, predicate) => {
    await expect(property(fc.nat(), predicate)).rejects.toThrow(/seed: -?\d+[\s\S]*Counterexample: \[\[10\]\]/)
  })

  it.each([
    [undefined, 1],
    ['', 1],
    ['50', 50],
    ['0.1', 0.1],
  ])('multiplies the runs for PROPERTY_RUNS=%s by %d', (text, times) => {
    expect(multiplierOf(text)).toBe(times)
  })

  it.each(['0', '-1', 'many', 'Infinity'])('refuses PROPERTY_RUNS=%s with an error that names the setting', (text) => {
    expect(() => multiplierOf(text)).toThrow(/PROPERTY_RUNS/)
  })

  it('accepts an integer as PROPERTY_SEED, and refuses anything else with an error that names the setting', () => {
    expect([seedOf(undefined), seedOf(''), seedOf('-7')]).toEqual([undefined, undefined, -7])
    expect(() => seedOf('x')).toThrow(/PROPERTY_SEED/)
  })
})

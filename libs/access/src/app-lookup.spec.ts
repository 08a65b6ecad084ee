import type { AppName } from './app-lookup'
import { ABSENT_MS, AppLookup, COLLECT_MS } from './app-lookup'

const known: AppName = { marketplace: 'anywhere', appKey: 'known' }
const stranger = (n: number): AppName => ({ marketplace: 'anywhere', appKey: `stranger-${n}` })

/** A table of apps that says what it was asked. */
function table(...apps: readonly AppName[]) {
  const asked: string[][] = []
  const rows = [...apps]
  let mostAtOnce = 0
  let atOnce = 0
  const lookup = new AppLookup(async (names) => {
    mostAtOnce = Math.max(mostAtOnce, (atOnce += 1))
    asked.push(names.map(({ appKey }) => appKey))
    await new Promise((resolve) => setImmediate(resolve))
    atOnce -= 1
    return rows.filter((row) => names.some(({ appKey }) => appKey === row.appKey))
  })
  return { asked, rows, lookup, mostAtOnce: () => mostAtOnce }
}

describe('apps that are looked up for strangers (fault B1)', () => {
  it('are found by their own name, together in one statement', async () => {
    const { lookup, asked } = table(known)
    const found = await Promise.all([lookup.find(known), lookup.find(stranger(1)), lookup.find(known)])
    expect(found).toEqual([known, undefined, known])
    expect(asked).toEqual([['known', 'stranger-1']])
  })

  it('cost one statement at a time, of 500 names at most, however many ask', async () => {
    const { lookup, asked, mostAtOnce } = table(known)
    await Promise.all(Array.from({ length: 1_200 }, (_, n) => lookup.find(stranger(n))))
    expect([asked.length, Math.max(...asked.map((names) => names.length)), mostAtOnce()]).toEqual([3, 500, 1])
    expect(new Set(asked.flat()).size).toBe(1_200)
  })

  it('that do not exist are not looked up again at once, and soon after they are', async () => {
    const { lookup, asked, rows } = table()
    const times = jest.spyOn(performance, 'now').mockReturnValue(0)
    await lookup.find(stranger(1))
    rows.push(stranger(1))
    times.mockReturnValue(ABSENT_MS - 1)
    expect(await lookup.find(stranger(1))).toBeUndefined()
    expect(asked).toHaveLength(1)
    times.mockReturnValue(ABSENT_MS)
    expect(await lookup.find(stranger(1))).toEqual(stranger(1))
    expect(ABSENT_MS).toBeLessThan(500)
    times.mockRestore()
  })

  it('that do not exist are remembered up to a bound: the oldest is looked up again', async () => {
    const { lookup, asked } = table()
    const times = jest.spyOn(performance, 'now').mockReturnValue(0)
    await Promise.all(Array.from({ length: 1_001 }, (_, n) => lookup.find(stranger(n))))
    const before = asked.length
    await lookup.find(stranger(1_000))
    expect(asked.length).toBe(before)
    await lookup.find(stranger(0))
    expect(asked.slice(before)).toEqual([['stranger-0']])
    times.mockRestore()
  })

  it.each<[string, string]>([
    ['no name', ''],
    ['a NUL', 'a\u0000b'],
    ['half a character', 'a\ud800'],
    ['a long name', 'x'.repeat(129)],
  ])('are not looked up by %s', async (_, appKey) => {
    const { lookup, asked } = table(known)
    expect(await lookup.find({ marketplace: 'anywhere', appKey })).toBeUndefined()
    expect(await lookup.find({ marketplace: appKey, appKey: 'known' })).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('take the same time, known, unknown, remembered and malformed: none is answered at once', async () => {
    const { lookup } = table(known)
    await lookup.find(stranger(1))
    const names = [known, stranger(2), stranger(1), { marketplace: 'anywhere', appKey: '' }]
    const began = performance.now()
    const took = names.map((name) => lookup.find(name).then(() => performance.now() - began))
    // A timer may ring up to a millisecond early.
    expect((await Promise.all(took)).filter((ms) => ms < COLLECT_MS - 1)).toEqual([])
  })

  it('are asked for again after a statement has failed', async () => {
    let broken = true
    const lookup = new AppLookup<AppName>(() => (broken ? Promise.reject(new Error('away')) : Promise.resolve([known])))
    await expect(Promise.all([lookup.find(known), lookup.find(stranger(1))])).rejects.toThrow('away')
    broken = false
    expect(await lookup.find(known)).toEqual(known)
  })
})

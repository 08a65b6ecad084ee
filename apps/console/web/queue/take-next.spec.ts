import type { FreeCasesServer } from './take-next'
import { takeNext } from './take-next'

const PAGE = 3

/** Cases in the order of their deadlines; a claim is compared with “unassigned”, as the server does. */
class Pool implements FreeCasesServer {
  readonly taken: string[] = []
  readonly ended = new Set<string>()
  reads = 0
  constructor(private readonly ids: readonly string[]) {}

  read(cursor = '0') {
    this.reads++
    const from = Number(cursor)
    const free = this.ids.slice(from, from + PAGE).filter((id) => !this.taken.includes(id))
    return Promise.resolve({ ids: free, next: from + PAGE < this.ids.length ? String(from + PAGE) : null })
  }

  async claim(id: string): Promise<boolean> {
    await Promise.resolve()
    if (this.taken.includes(id) || this.ended.has(id)) return false
    this.taken.push(id)
    return true
  }
}

const cases = (count: number): string[] => Array.from({ length: count }, (_, index) => `case ${index}`)

describe('takeNext', () => {
  it('takes the most urgent case', async () => {
    const pool = new Pool(cases(5))
    expect(await takeNext(pool, new Set())).toBe('case 0')
    expect(pool).toMatchObject({ taken: ['case 0'], reads: 1 })
  })

  it('gives twenty people who ask at once twenty different cases', async () => {
    const pool = new Pool(cases(20))
    const given = await Promise.all(cases(20).map(() => takeNext(pool, new Set())))
    expect([...given].sort()).toEqual(cases(20).sort())
  })

  it('goes on to the next one where a case ended or was taken since the list was read', async () => {
    const pool = new Pool(cases(5))
    pool.ended.add('case 0').add('case 1').add('case 2').add('case 3')
    expect(await takeNext(pool, new Set())).toBe('case 4')
    expect(pool.reads).toBe(2)
  })

  it('does not hand back what this reader gave back', async () => {
    const pool = new Pool(cases(2))
    const passed = new Set<string>()
    expect(await takeNext(pool, passed)).toBe('case 0')
    pool.taken.length = 0
    expect(await takeNext(pool, passed)).toBe('case 1')
  })

  it('says that none is free, and takes none, when all were handed out', async () => {
    const pool = new Pool(cases(4))
    pool.taken.push(...cases(4))
    expect(await takeNext(pool, new Set())).toBe(undefined)
    expect(pool.taken).toEqual(cases(4))
  })

  it('passes an error on: a lost connection is not an empty queue', async () => {
    const lost = { read: () => Promise.reject(new Error('unreachable')), claim: () => Promise.resolve(true) }
    await expect(takeNext(lost, new Set())).rejects.toThrow('unreachable')
  })
})

import { MicroBatch, Overloaded } from './micro-batch'

/** A place to write to that answers when the test says so. */
class Place {
  readonly writes: string[][] = []
  private readonly open: { resolve: () => void; reject: (error: unknown) => void }[] = []

  readonly write = (items: string[]): Promise<void> => {
    this.writes.push(items)
    return new Promise((resolve, reject) => this.open.push({ resolve, reject }))
  }

  done(): void {
    this.open.shift()?.resolve()
  }

  fail(error: unknown): void {
    this.open.shift()?.reject(error)
  }
}

const LIMITS = { writers: 1, rows: 4, waiting: 8 }
let place: Place
let batch: MicroBatch<string>
beforeEach(() => {
  place = new Place()
  batch = new MicroBatch(place.write, LIMITS)
})

describe('messages on their way to the store', () => {
  it('a single one is written at once', () => {
    void batch.add(['a'])
    expect(place.writes).toEqual([['a']])
  })

  it('those that come while a write is under way are written together, in their order', async () => {
    const first = batch.add(['a'])
    const rest = [batch.add(['b', 'c']), batch.add(['d'])]
    expect(place.writes).toEqual([['a']])
    place.done()
    await first
    expect(place.writes).toEqual([['a'], ['b', 'c', 'd']])
    place.done()
    await Promise.all(rest)
  })

  it('they are not reported safe before they are', async () => {
    let reported = false
    const added = batch.add(['a']).then(() => (reported = true))
    await Promise.resolve()
    expect(reported).toBe(false)
    place.done()
    await added
    expect(reported).toBe(true)
  })

  it('a write takes no more rows than its limit; a delivery is not split', async () => {
    const all = [batch.add(['a']), batch.add(['b', 'c', 'd']), batch.add(['e', 'f'])]
    for (const one of all) {
      place.done()
      await one
    }
    expect(place.writes).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f']])
  })

  it('as many writes are under way as there are writers', () => {
    const two = new MicroBatch(place.write, { ...LIMITS, writers: 2 })
    for (const item of ['a', 'b', 'c']) void two.add([item])
    expect(place.writes).toEqual([['a'], ['b']])
  })

  it('nothing to write is durable already', async () => {
    await batch.add([])
    expect(place.writes).toEqual([])
  })
})

describe('a write that fails', () => {
  it.each([
    ['with an error', new Error('the disk is full')],
    ['with nothing said at all', undefined],
  ])('%s fails each of those that were in it, and no others', async (_, error) => {
    const before = batch.add(['a'])
    const pipelined = [batch.add(['b']), batch.add(['c'])]
    place.done()
    await before
    const after = batch.add(['d'])
    place.fail(error)
    expect(await Promise.allSettled(pipelined)).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ])
    place.done()
    await after
    expect(place.writes).toEqual([['a'], ['b', 'c'], ['d']])
  })

  it('before it has begun is a failed write like any other', async () => {
    const broken = new MicroBatch<string>(() => {
      throw new Error('not connected')
    }, LIMITS)
    await expect(broken.add(['a'])).rejects.toThrow('not connected')
    await expect(broken.add(['b'])).rejects.toThrow('not connected')
  })
})

describe('more than may wait', () => {
  it('is refused at once, and taken again when there is room', async () => {
    const first = batch.add(['a', 'b', 'c', 'd'])
    const second = batch.add(['e', 'f', 'g', 'h'])
    await expect(batch.add(['i'])).rejects.toBeInstanceOf(Overloaded)
    place.done()
    await first
    const third = batch.add(['i'])
    place.done()
    await second
    place.done()
    await third
    expect(place.writes.flat().join('')).toBe('abcdefghi')
  })

  it('in one delivery is accepted when nothing else waits: otherwise it would be refused forever', async () => {
    const large = Array.from({ length: 9 }, (_, i) => String(i))
    const first = batch.add(large)
    await expect(batch.add(large)).rejects.toBeInstanceOf(Overloaded)
    place.done()
    await first
    expect(place.writes).toEqual([large])
  })
})

import { MicroBatch, Overloaded } from './micro-batch'

/** A store whose writes end when the test says so. */
class ControlledStore {
  readonly writes: string[][] = []
  private readonly openWrites: { resolve: () => void; reject: (error: unknown) => void }[] = []

  readonly write = (items: string[]): Promise<void> => {
    this.writes.push(items)
    return new Promise((resolve, reject) => this.openWrites.push({ resolve, reject }))
  }

  completeWrite(): void {
    this.openWrites.shift()?.resolve()
  }

  failWrite(error: unknown): void {
    this.openWrites.shift()?.reject(error)
  }
}

const LIMITS = { writers: 1, rows: 4, waiting: 8 }
let store: ControlledStore
let batch: MicroBatch<string>
beforeEach(() => {
  store = new ControlledStore()
  batch = new MicroBatch(store.write, LIMITS)
})

describe('messages on their way to the store', () => {
  it('are written at once where no write is running', () => {
    void batch.add(['a'])
    expect(store.writes).toEqual([['a']])
  })

  it('are written together, in their order, where they arrive during a write', async () => {
    const first = batch.add(['a'])
    const rest = [batch.add(['b', 'c']), batch.add(['d'])]
    expect(store.writes).toEqual([['a']])
    store.completeWrite()
    await first
    expect(store.writes).toEqual([['a'], ['b', 'c', 'd']])
    store.completeWrite()
    await Promise.all(rest)
  })

  it('are not reported as stored before they are', async () => {
    let reported = false
    const added = batch.add(['a']).then(() => (reported = true))
    await Promise.resolve()
    expect(reported).toBe(false)
    store.completeWrite()
    await added
    expect(reported).toBe(true)
  })

  it('are split into writes of the limited size, without splitting a delivery', async () => {
    const all = [batch.add(['a']), batch.add(['b', 'c', 'd']), batch.add(['e', 'f'])]
    for (const one of all) {
      store.completeWrite()
      await one
    }
    expect(store.writes).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f']])
  })

  it('are written by as many writes at once as there are writers', () => {
    const two = new MicroBatch(store.write, { ...LIMITS, writers: 2 })
    for (const item of ['a', 'b', 'c']) void two.add([item])
    expect(store.writes).toEqual([['a'], ['b']])
  })

  it('cause no write where there are none', async () => {
    await batch.add([])
    expect(store.writes).toEqual([])
  })
})

describe('a write that fails', () => {
  it.each([
    ['with an error', new Error('the disk is full')],
    ['without any reason', undefined],
  ])('%s rejects each caller whose messages were in it, and no others', async (_, error) => {
    const before = batch.add(['a'])
    const pipelined = [batch.add(['b']), batch.add(['c'])]
    store.completeWrite()
    await before
    const after = batch.add(['d'])
    store.failWrite(error)
    expect(await Promise.allSettled(pipelined)).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ])
    store.completeWrite()
    await after
    expect(store.writes).toEqual([['a'], ['b', 'c'], ['d']])
  })

  it('rejects its callers also where it throws before it begins', async () => {
    const broken = new MicroBatch<string>(() => {
      throw new Error('not connected')
    }, LIMITS)
    await expect(broken.add(['a'])).rejects.toThrow('not connected')
    await expect(broken.add(['b'])).rejects.toThrow('not connected')
  })
})

describe('a delivery that exceeds the limit of waiting messages', () => {
  it('is refused at once, and accepted when there is room again', async () => {
    const first = batch.add(['a', 'b', 'c', 'd'])
    const second = batch.add(['e', 'f', 'g', 'h'])
    await expect(batch.add(['i'])).rejects.toBeInstanceOf(Overloaded)
    store.completeWrite()
    await first
    const third = batch.add(['i'])
    store.completeWrite()
    await second
    store.completeWrite()
    await third
    expect(store.writes.flat().join('')).toBe('abcdefghi')
  })

  it('is accepted when nothing else waits: otherwise it would be refused forever', async () => {
    const large = Array.from({ length: 9 }, (_, i) => String(i))
    const first = batch.add(large)
    await expect(batch.add(large)).rejects.toBeInstanceOf(Overloaded)
    store.completeWrite()
    await first
    expect(store.writes).toEqual([large])
  })
})
